# Dalli before 4: SASL PLAIN. Arguments: port, user, password.
require 'dalli'
require 'logger'

Dalli.logger = Logger.new(IO::NULL)
puts "library #{Dalli::VERSION}"

def attempt
  yield
rescue Dalli::DalliError => e
  "refused by #{e.class}"
end

def client(login)
  Dalli::Client.new("127.0.0.1:#{ARGV[0]}", { raw: true, socket_timeout: 20 }.merge(login))
end

user, password = ARGV[1..2]
known = client(username: user, password: password)
puts "known #{attempt { known.set('k', 'v') && known.get('k') }}"
wrong = client(username: user, password: "#{password}?")
puts "wrong #{attempt { wrong.get('k') }}"
puts "nobody #{attempt { client({}).set('k', 'theirs') }}"
puts "still #{attempt { known.get('k') }}"
