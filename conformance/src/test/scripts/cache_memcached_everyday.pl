# Cache::Memcached: pure Perl, text protocol only. Arguments: port, protocol.
# Prints one line per operation: its name, `ok`, `lacks` or `FAILED` and a detail.
use strict;
use warnings;
use Cache::Memcached;

# A time as Unix seconds, in 2001.
use constant LONG_AGO => 1_000_000_000;

my ($port, $protocol) = @ARGV;
die "Cache::Memcached speaks text only\n" if $protocol ne 'text';
my $client = Cache::Memcached->new({servers => ["127.0.0.1:$port"], enable_compress => 0});

sub same {
    my ($found, $wanted) = @_;
    $found = 'nothing' unless defined $found;
    $wanted = 'nothing' unless defined $wanted;
    die 'wanted ' . substr($wanted, 0, 100) . ', found ' . substr($found, 0, 100) . "\n"
        if $found ne $wanted;
}

sub done { return $_[0] ? 'done' : 'refused' }

sub set { same(done($client->set(@_)), 'done') }

sub multiget {
    my ($key, $count) = @_;
    for my $i (0 .. $count - 1) {
        set("$key$i", "value$i");
    }
    my $found = $client->get_multi(map { ("$key$_", "${key}missing$_") } 0 .. $count - 1);
    same(scalar(keys %$found), $count);
    same($found->{"$key$_"}, "value$_") for 0 .. $count - 1;
}

my @operations = (
    set => sub {
        my ($key) = @_;
        set($key, 'first');
        same($client->get($key), 'first');
    },
    get => sub {
        my ($key) = @_;
        same($client->get($key), undef);
        set($key, 'with blanks');
        same($client->get($key), 'with blanks');
    },
    multiget => sub { multiget($_[0], 3) },
    add => sub {
        my ($key) = @_;
        same(done($client->add($key, 'first')), 'done');
        same(done($client->add($key, 'second')), 'refused');
        same($client->get($key), 'first');
    },
    replace => sub {
        my ($key) = @_;
        same(done($client->replace($key, 'first')), 'refused');
        set($key, 'first');
        same(done($client->replace($key, 'second')), 'done');
        same($client->get($key), 'second');
    },
    append => sub {
        my ($key) = @_;
        same(done($client->append($key, 'x')), 'refused');
        set($key, 'a');
        same(done($client->append($key, 'b')), 'done');
        same($client->get($key), 'ab');
    },
    prepend => sub {
        my ($key) = @_;
        same(done($client->prepend($key, 'x')), 'refused');
        set($key, 'b');
        same(done($client->prepend($key, 'a')), 'done');
        same($client->get($key), 'ab');
    },
    cas => undef,
    incr => sub {
        my ($key) = @_;
        set($key, '9');
        same($client->incr($key), 10);
        same($client->incr($key, 1_000_000), 1_000_010);
    },
    decr => sub {
        my ($key) = @_;
        set($key, '10');
        same($client->decr($key), 9);
        same(0 + $client->decr($key, 100), 0);
    },
    touch => undef,
    get_and_touch => undef,
    delete => sub {
        my ($key) = @_;
        same(done($client->delete($key)), 'refused');
        set($key, 'x');
        same(done($client->delete($key)), 'done');
        same($client->get($key), undef);
    },
    flush => sub {
        my ($key) = @_;
        set($key, 'x');
        same(done($client->flush_all), 'done');
        same($client->get($key), undef);
    },
    stats => sub {
        same($client->stats(['misc'])->{hosts}{"127.0.0.1:$port"}{misc}{pointer_size}, 64);
    },
    version => undef,
    expiry => sub {
        my ($key) = @_;
        set($key, 'x', 100);
        same($client->get($key), 'x');
        set($key, 'x', LONG_AGO);
        same($client->get($key), undef);
    },
    large_value => sub {
        my ($key) = @_;
        srand 7;
        my $value = join '', map { chr(33 + int rand 94) } 1 .. 900_000;
        set($key, $value);
        same(done($client->get($key) eq $value), 'done');
    },
    many_keys => sub { multiget($_[0], 1_000) },
);

$| = 1;
print "library $Cache::Memcached::VERSION\n";
while (my ($name, $operation) = splice @operations, 0, 2) {
    if (!$operation) {
        print "$name lacks\n";
    } elsif (eval { $operation->("perl-$name"); 1 }) {
        print "$name ok\n";
    } else {
        my $failure = $@;
        $failure =~ s/\s+/ /g;
        print "$name FAILED $failure\n";
    }
}
