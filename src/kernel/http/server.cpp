#include "kernel/http/server.h"

#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "kernel/base/time.h"
#include "kernel/http/session.h"
#include "kernel/http/wire.h"

namespace polder::http {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

void tick(Loop& loop) {
  ++loop.now_s;
  auto date = "Date: " + http_date(SystemClock().now()) + "\r\n";
  loop.keep_tail = date + "\r\n";
  loop.close_tail = date + "Connection: close\r\n\r\n";
  for (Session* session : loop.sessions) session->sweep();
  loop.ticker.expires_after(std::chrono::seconds(1));
  loop.ticker.async_wait([&loop](error_code fault) {
    if (!fault) tick(loop);
  });
}

Awaitable<> serve(std::unique_ptr<Session> session) { co_await session->run(); }

void log_end(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const std::exception& e) {
    spdlog::error("http: a connection ended by an exception: {}", e.what());
  }
}

/// One connection more than there may be: told so, as far as its socket takes it now, and closed.
void turn_away(Socket& socket) {
  auto response = text(503, std::string(plain_sentence(503)));
  response.header("Retry-After", "1");
  auto bytes = head_of(response).value() + "Connection: close\r\n\r\n" + *response.body;
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(bytes), ignored);
  socket.shutdown(Socket::shutdown_send, ignored);
  std::array<char, 4'096> sent{};
  socket.read_some(asio::buffer(sent), ignored);
}

Awaitable<> listen(Loop& loop) {
  for (;;) {
    error_code fault;
    Socket socket = co_await loop.acceptor.async_accept(asio::redirect_error(use_awaitable, fault));
    if (!loop.acceptor.is_open()) co_return;
    if (fault) {  // out of descriptors, most likely: a moment later some connection will have ended
      spdlog::warn("http: accepting failed: {}", fault.message());
      asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>
          pause(loop.io.get_executor(), std::chrono::milliseconds(100));
      co_await pause.async_wait(asio::redirect_error(use_awaitable, fault));
      continue;
    }
    if (loop.common.open >= loop.common.options.connections) {
      loop.overloaded.fetch_add(1, std::memory_order_relaxed);
      turn_away(socket);
      continue;
    }
    auto session = std::make_unique<Session>(loop, std::move(socket));
    asio::co_spawn(loop.io, serve(std::move(session)), log_end);
  }
}

}  // namespace

struct Server::Inside {
  Inside(Options options, Handlers handlers) : common(std::move(options), std::move(handlers)) {}

  Common common;
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::thread> threads;
  std::uint16_t port = 0;

  /// SO_REUSEPORT lets the I/O threads share a port; it would also let a second Polder take half of this one's visitors
  /// unnoticed. So the first bind is made without it.
  error_code free_to_bind(const tcp::endpoint& at) {
    asio::io_context io;
    tcp::acceptor probe(io);
    error_code fault;
    probe.open(at.protocol(), fault);
    if (!fault) probe.set_option(tcp::acceptor::reuse_address(true), fault);
    if (!fault) probe.bind(at, fault);
    if (!fault) probe.listen(1, fault);
    return fault;
  }

  error_code bind(Loop& loop, const tcp::endpoint& at) {
    error_code fault;
    int on = 1;
    loop.acceptor.open(at.protocol(), fault);
    if (!fault) loop.acceptor.set_option(tcp::acceptor::reuse_address(true), fault);
    if (!fault && setsockopt(loop.acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
      fault.assign(errno, boost::system::system_category());
    if (!fault) loop.acceptor.bind(at, fault);
    if (!fault) loop.acceptor.listen(asio::socket_base::max_listen_connections, fault);
    return fault;
  }
};

Server::Server(Options options, Handlers handlers)
    : inside_(std::make_unique<Inside>(std::move(options), std::move(handlers))) {}

Server::~Server() { stop(); }

Done Server::start() {
  auto& options = inside_->common.options;
  auto refused = [&](const error_code& fault) {
    inside_->loops.clear();
    return refuse(Why::unavailable, {"http.address-refused", {{"address", options.address}}},
                  options.address + ":" + std::to_string(options.port) + ": " + fault.message());
  };
  error_code fault;
  auto address = asio::ip::make_address(options.address, fault);
  if (fault) return refused(fault);
  tcp::endpoint at(address, options.port);
  if (at.port() != 0 && (fault = inside_->free_to_bind(at))) return refused(fault);
  for (std::size_t i = 0; i < std::max<std::size_t>(options.io_threads, 1); ++i) {
    auto& loop = *inside_->loops.emplace_back(std::make_unique<Loop>(inside_->common));
    if ((fault = inside_->bind(loop, at))) return refused(fault);
    at.port(loop.acceptor.local_endpoint().port());
  }
  inside_->port = at.port();
  inside_->common.pool.start();
  for (auto& loop : inside_->loops) {
    tick(*loop);
    asio::co_spawn(loop->io, listen(*loop), log_end);
    inside_->threads.emplace_back([&io = loop->io] {
      auto work = asio::make_work_guard(io);
      io.run();
    });
  }
  return {};
}

void Server::stop() {
  auto& common = inside_->common;
  if (inside_->threads.empty()) return;
  common.draining = true;
  for (auto& loop : inside_->loops)
    asio::post(loop->io, [&loop = *loop] {
      error_code ignored;
      loop.acceptor.close(ignored);
      for (Session* session : loop.sessions) session->drain();
    });
  {
    std::unique_lock guard(common.ended_lock);
    common.ended.wait_for(guard, std::chrono::seconds(common.options.drain_s), [&] { return common.open == 0; });
  }
  for (auto& loop : inside_->loops) loop->io.stop();
  for (auto& thread : inside_->threads) thread.join();
  inside_->threads.clear();
  // Workers may still post to the stopped loops; what never ran is dropped here, before the loops it refers to.
  common.pool.stop();
  inside_->loops.clear();
}

std::uint16_t Server::port() const { return inside_->port; }

Figures Server::figures() const {
  Figures sum;
  for (const auto& loop : inside_->loops) {
    sum.requests += loop->requests;
    sum.finished += loop->finished;
    sum.refused += loop->refused;
    sum.overloaded += loop->overloaded;
  }
  sum.open = inside_->common.open;
  sum.uploads = inside_->common.uploads;
  sum.waiting = inside_->common.pool.waiting();
  sum.running = inside_->common.pool.running();
  return sum;
}

}  // namespace polder::http
