<?php
// php-memcached: libmemcached from PHP, text or binary. Arguments: port, protocol.
// Prints one line per operation: its name, `ok`, `lacks` or `FAILED` and a detail.
declare(strict_types=1);

// A time as Unix seconds, in 2001.
const LONG_AGO = 1_000_000_000;

$protocol = $argv[2];
if (!in_array($protocol, ['text', 'binary'], true)) {
    fwrite(STDERR, "php-memcached speaks text and binary\n");
    exit(1);
}
$client = new Memcached();
$client->setOption(Memcached::OPT_BINARY_PROTOCOL, $protocol === 'binary');
// append refuses to work while values may be compressed
$client->setOption(Memcached::OPT_COMPRESSION, false);
$client->addServer('127.0.0.1', (int) $argv[1]);

function same(mixed $found, mixed $wanted): void
{
    global $client;
    if ($found !== $wanted) {
        throw new Exception(substr(var_export($found, true), 0, 100) . ' is not '
            . substr(var_export($wanted, true), 0, 100) . ', ' . $client->getResultMessage());
    }
}

function multiget(string $key, int $count): void
{
    global $client;
    $wanted = [];
    $asked = [];
    for ($i = 0; $i < $count; $i++) {
        same($client->set("$key$i", "value$i"), true);
        $wanted["$key$i"] = "value$i";
        array_push($asked, "$key$i", "{$key}missing$i");
    }
    $found = $client->getMulti($asked);
    ksort($found);
    ksort($wanted);
    same($found, $wanted);
}

$operations = [
    'set' => function (string $key) use ($client): void {
        same($client->set($key, 'first'), true);
        same($client->get($key), 'first');
    },
    'get' => function (string $key) use ($client): void {
        same($client->get($key), false);
        same($client->getResultCode(), Memcached::RES_NOTFOUND);
        same($client->set($key, 'with blanks'), true);
        same($client->get($key), 'with blanks');
    },
    'multiget' => fn (string $key) => multiget($key, 3),
    'add' => function (string $key) use ($client): void {
        same($client->add($key, 'first'), true);
        same($client->add($key, 'second'), false);
        same($client->get($key), 'first');
    },
    'replace' => function (string $key) use ($client): void {
        same($client->replace($key, 'first'), false);
        same($client->set($key, 'first'), true);
        same($client->replace($key, 'second'), true);
        same($client->get($key), 'second');
    },
    'append' => function (string $key) use ($client): void {
        same($client->append($key, 'x'), false);
        same($client->set($key, 'a'), true);
        same($client->append($key, 'b'), true);
        same($client->get($key), 'ab');
    },
    'prepend' => function (string $key) use ($client): void {
        same($client->prepend($key, 'x'), false);
        same($client->set($key, 'b'), true);
        same($client->prepend($key, 'a'), true);
        same($client->get($key), 'ab');
    },
    'cas' => function (string $key) use ($client): void {
        same($client->set($key, 'first'), true);
        $token = $client->get($key, null, Memcached::GET_EXTENDED)['cas'];
        same($client->cas($token, $key, 'second'), true);
        same($client->cas($token, $key, 'third'), false);
        same($client->getResultCode(), Memcached::RES_DATA_EXISTS);
        same($client->get($key), 'second');
    },
    'incr' => function (string $key) use ($client): void {
        same($client->set($key, '9'), true);
        same($client->increment($key), 10);
        same($client->increment($key, 1_000_000), 1_000_010);
    },
    'decr' => function (string $key) use ($client): void {
        same($client->set($key, '10'), true);
        same($client->decrement($key), 9);
        same($client->decrement($key, 100), 0);
    },
    'touch' => function (string $key) use ($client): void {
        same($client->touch($key, 100), false);
        same($client->set($key, 'x'), true);
        same($client->touch($key, 100), true);
        same($client->get($key), 'x');
    },
    'get_and_touch' => null,
    'delete' => function (string $key) use ($client): void {
        same($client->delete($key), false);
        same($client->set($key, 'x'), true);
        same($client->delete($key), true);
        same($client->get($key), false);
    },
    'flush' => function (string $key) use ($client): void {
        same($client->set($key, 'x'), true);
        same($client->flush(), true);
        same($client->get($key), false);
    },
    'stats' => function () use ($client): void {
        same((int) current($client->getStats())['pointer_size'], 64);
    },
    'version' => function () use ($client): void {
        same(substr(current($client->getVersion()), 0, 4), '1.6.');
    },
    'expiry' => function (string $key) use ($client): void {
        same($client->set($key, 'x', 100), true);
        same($client->get($key), 'x');
        same($client->set($key, 'x', LONG_AGO), true);
        same($client->get($key), false);
    },
    'large_value' => function (string $key) use ($client): void {
        mt_srand(7);
        $value = '';
        while (strlen($value) < 900_000) {
            $value .= chr(mt_rand(33, 126));
        }
        same($client->set($key, $value), true);
        same($client->get($key) === $value, true);
    },
    'many_keys' => fn (string $key) => multiget($key, 1_000),
];

echo 'library ', phpversion('memcached'), "\n";
foreach ($operations as $name => $operation) {
    if ($operation === null) {
        echo "$name lacks\n";
        continue;
    }
    try {
        $operation("php-$protocol-$name");
        echo "$name ok\n";
    } catch (Throwable $failure) {
        echo "$name FAILED ", preg_replace('/\s+/', ' ', $failure->getMessage()), "\n";
    }
}
