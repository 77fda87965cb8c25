// One connection, and what all connections of a server share. Private to the room.
//
// A session is one coroutine on one I/O thread. g++ 12.2 miscompiles `co_await f({x, y})` with aggregates by value
// (docs/decisions/0005): coroutines here take references, scalars and moved named locals.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "kernel/http/head_parser.h"
#include "kernel/http/policy.h"
#include "kernel/http/pool.h"
#include "kernel/http/server.h"

namespace polder::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
template <class T = void>
using Awaitable = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> use_awaitable{};

inline constexpr int gone = -1;  ///< in place of a status: nobody is left to answer

/// What every I/O thread reads and counts.
struct Common {
  Common(Options o, Handlers h) : options(std::move(o)), handlers(std::move(h)), pool(options.workers, options.queue) {}

  Options options;
  Handlers handlers;
  Pool pool;
  std::atomic<bool> draining = false;
  std::atomic<std::size_t> open = 0;        ///< connections
  std::atomic<std::size_t> body_bytes = 0;  ///< of Options::body_budget
  std::atomic<std::size_t> uploads = 0;     ///< of Options::uploads
  std::mutex ended_lock;
  std::condition_variable ended;  ///< while draining: the last connection is closed
};

class Session;
class Taking;

/// One I/O thread's own. Its clock ticks once a second (server.cpp), so that a request arms no timer.
struct Loop {
  explicit Loop(Common& shared) : common(shared) {}

  Common& common;
  std::unordered_set<Session*> sessions;
  std::int64_t now_s = 0;             ///< ticks since start; deadlines are counted in it
  std::string keep_tail, close_tail;  ///< Date, Connection and the empty line, as of this second
  std::atomic<std::uint64_t> requests = 0, finished = 0, refused = 0, overloaded = 0;
  asio::io_context io{1};
  asio::basic_socket_acceptor<asio::ip::tcp, Executor> acceptor{io.get_executor()};
  asio::steady_timer ticker{io};
};

class Session {
 public:
  Session(Loop& loop, Socket socket);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Serves requests until either side ends the connection.
  Awaitable<> run();

  /// Called by the loop once a second: cuts what is past its deadline.
  void sweep();
  /// Called when the server drains: closes the connection unless a request is under way.
  void drain();

 private:
  enum class Phase { idle, head, body, working, writing, lingering };
  enum class Progress { ready, more, refused };

  enum class Sent { all, part, failed };

  /// A response on its way: as much of it as the wire needs.
  struct Answer {
    std::string head;  ///< see Finished::head
    bool bodiless = false;
    std::shared_ptr<const std::string> body;
    Stream stream;
    std::optional<std::uint64_t> length;  ///< of the stream
  };

  void enter(Phase phase, std::int64_t seconds);
  bool keeps_alive() const;
  std::string_view host() const;
  Head view() const;
  Request request() const;

  void begin();
  Progress parse_head();
  Progress wait_for_more(std::string_view input);
  Progress refuse_as(int status);
  std::shared_ptr<const Finished> finished();

  Awaitable<bool> exchange();
  Awaitable<int> receive_body(std::string& body, std::size_t& counted);
  Awaitable<bool> say_continue();
  int parse_body();
  Awaitable<int> read_body(std::size_t most);
  Awaitable<bool> on_worker(const std::function<void()>& work, bool admitted);
  Answer handle(const Request& asked) const;
  Answer answer_of(const Request& asked, const std::function<Response()>& make) const;
  Answer error(int status, int retry_after_s = 1) const;

  std::expected<std::optional<std::uint64_t>, int> upload_limit() const;
  Awaitable<bool> upload(const Request& asked, std::uint64_t limit);
  Awaitable<int> feed(Intake& intake, const Request& asked, std::uint64_t limit);
  Awaitable<int> read_pieces(Taking& taking, std::uint64_t limit);
  Awaitable<int> read_sized(std::string& piece, std::uint64_t& left);
  Awaitable<int> read_chunks(bool first);

  void put(std::string_view head, std::string_view body, bool keep);
  void expect_reader();
  Sent write_now();
  Awaitable<Sent> flush();
  Awaitable<bool> send(Answer& answer, const std::string& path, bool keep);
  Awaitable<bool> send_stream(Answer& answer, const std::string& path, bool keep);
  Awaitable<> refuse(int status);
  Awaitable<> linger();
  void reset();

  Loop& loop_;
  Common& common_;
  Socket socket_;
  std::string peer_;
  bool peer_trusted_ = false;

  Phase phase_ = Phase::idle;
  std::int64_t deadline_ = 0;
  bool expired_ = false;

  beast::flat_buffer in_;
  std::array<asio::const_buffer, 3> out_;
  std::string tail_;
  std::size_t scanned_ = 0;  ///< of `in_`, without finding a head's end
  std::vector<Field> fields_;
  std::optional<HeadParser> parser_;
  CheckedHead head_;
  int version_ = 11;
  Client client_;  ///< filled in only if a trusted proxy speaks
  int refused_ = 0;
};

}  // namespace polder::http
