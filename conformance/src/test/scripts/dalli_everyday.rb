# Dalli before 3.2: binary protocol only. Arguments: port, protocol.
# Prints one line per operation: its name, `ok`, `lacks` or `FAILED` and a detail.
require 'dalli'

abort 'this Dalli speaks binary only' unless ARGV[1] == 'binary'

# Values go as they are (raw), so that append and incr find what set has stored.
RAW = { raw: true }.freeze

$client = Dalli::Client.new("127.0.0.1:#{ARGV[0]}", socket_timeout: 20, value_max_bytes: 1 << 20)

def same(found, wanted)
  raise "wanted #{wanted.inspect[0, 100]}, found #{found.inspect[0, 100]}" unless found == wanted
end

# What was stored is answered with its CAS, what was not with nothing, false or 0.
def done(result)
  ![nil, false, 0].include?(result)
end

def set(key, value, ttl = 0)
  same(done($client.set(key, value, ttl, RAW)), true)
end

def multiget(key, count)
  wanted = (0...count).to_h { |i| ["#{key}#{i}", "value#{i}"] }
  wanted.each { |name, value| set(name, value) }
  missing = (0...count).map { |i| "#{key}missing#{i}" }
  same($client.get_multi(*wanted.keys.zip(missing).flatten), wanted)
end

OPERATIONS = {
  'set' => lambda { |key|
    set(key, 'first')
    same($client.get(key), 'first')
  },
  'get' => lambda { |key|
    same($client.get(key), nil)
    set(key, 'with blanks')
    same($client.get(key), 'with blanks')
  },
  'multiget' => ->(key) { multiget(key, 3) },
  'add' => lambda { |key|
    same(done($client.add(key, 'first', 0, RAW)), true)
    same(done($client.add(key, 'second', 0, RAW)), false)
    same($client.get(key), 'first')
  },
  'replace' => lambda { |key|
    same(done($client.replace(key, 'first', 0, RAW)), false)
    set(key, 'first')
    same(done($client.replace(key, 'second', 0, RAW)), true)
    same($client.get(key), 'second')
  },
  'append' => lambda { |key|
    same(done($client.append(key, 'x')), false)
    set(key, 'a')
    same(done($client.append(key, 'b')), true)
    same($client.get(key), 'ab')
  },
  'prepend' => lambda { |key|
    same(done($client.prepend(key, 'x')), false)
    set(key, 'b')
    same(done($client.prepend(key, 'a')), true)
    same($client.get(key), 'ab')
  },
  'cas' => lambda { |key|
    set(key, 'first')
    _, token = $client.get_cas(key)
    same(done($client.set_cas(key, 'second', token, 0, RAW)), true)
    same(done($client.set_cas(key, 'third', token, 0, RAW)), false)
    same($client.get(key), 'second')
  },
  'incr' => lambda { |key|
    set(key, '9')
    same($client.incr(key, 1), 10)
    same($client.incr(key, 1_000_000), 1_000_010)
  },
  'decr' => lambda { |key|
    set(key, '10')
    same($client.decr(key, 1), 9)
    same($client.decr(key, 100), 0)
  },
  'touch' => lambda { |key|
    same(done($client.touch(key, 100)), false)
    set(key, 'x')
    same(done($client.touch(key, 100)), true)
    same($client.get(key), 'x')
  },
  'get_and_touch' => lambda { |key|
    same($client.gat(key, 100), nil)
    set(key, 'x')
    same($client.gat(key, 100), 'x')
  },
  'delete' => lambda { |key|
    same(done($client.delete(key)), false)
    set(key, 'x')
    same(done($client.delete(key)), true)
    same($client.get(key), nil)
  },
  'flush' => lambda { |key|
    set(key, 'x')
    $client.flush
    same($client.get(key), nil)
  },
  'stats' => ->(_) { same($client.stats.values.first['pointer_size'], '64') },
  'version' => ->(_) { same($client.version.values.first[0, 4], '1.6.') },
  'expiry' => lambda { |key|
    # a time that is over can't be said: it counts what is no time to come from now
    set(key, 'x', 30 * 24 * 3600)
    same($client.get(key), 'x')
  },
  'large_value' => lambda { |key|
    random = Random.new(7)
    value = Array.new(900_000) { random.rand(33...127) }.pack('C*')
    set(key, value)
    same($client.get(key).b == value, true)
  },
  'many_keys' => ->(key) { multiget(key, 1_000) }
}.freeze

puts "library #{Dalli::VERSION}"
OPERATIONS.each do |name, operation|
  operation.call("dalli-#{name}")
  puts "#{name} ok"
rescue StandardError => e
  puts "#{name} FAILED #{e.class} #{e.message}".gsub(/\s+/, ' ')[0, 300]
end
