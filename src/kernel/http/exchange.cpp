// The half of a session that answers: a request's body, its worker, and the bytes of the response.
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <charconv>

#include "kernel/http/session.h"
#include "kernel/http/wire.h"

namespace polder::http {
namespace {

constexpr std::size_t body_step = 64 * 1024;            // a body's progress: each step restarts the body timeout
constexpr std::size_t slowest_reader = 4'096;           // bytes a second; a reader below it is cut
constexpr std::size_t linger_bytes = 64 * 1024 * 1024;  // of a refused body are read and thrown away
constexpr std::int64_t linger_s = 5;
constexpr std::size_t default_body_limit = 1024 * 1024;  // where nobody set Handlers::body_limit

std::string chunk_size(std::size_t n) {
  std::array<char, 18> out{};
  auto end = std::to_chars(out.data(), out.data() + out.size(), n, 16).ptr;
  return std::string(out.data(), end) + "\r\n";
}

/// The bytes of one body, counted in the budget of all.
class Share {
 public:
  explicit Share(std::atomic<std::size_t>& total) : total_(total) {}
  ~Share() { total_ -= counted; }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;
  void give_back(std::string& body) {
    std::string().swap(body);
    total_ -= std::exchange(counted, 0);
  }
  std::size_t counted = 0;

 private:
  std::atomic<std::size_t>& total_;
};

}  // namespace

// ---- One request that a worker answers ----

Awaitable<bool> Session::exchange() {
  Request asked = request();
  auto as_upload = upload_limit();
  if (!as_upload) {
    co_await refuse(as_upload.error());
    co_return false;
  }
  if (*as_upload) co_return co_await upload(asked, **as_upload);
  Share share(common_.body_bytes);
  if (head_.has_body()) {
    int refusal = co_await receive_body(asked.body, share.counted);
    if (refusal == gone) co_return false;
    if (refusal != 0) {
      share.give_back(asked.body);
      co_await refuse(refusal);
      co_return false;
    }
  }
  Answer answer;
  std::function<void()> work = [&] { answer = handle(asked); };
  if (!co_await on_worker(work, false)) {
    loop_.overloaded.fetch_add(1, std::memory_order_relaxed);
    answer = error(503);
  }
  // A slow reader need not hold the body it sent; only a stream may still look at it.
  if (!answer.stream) share.give_back(asked.body);
  bool kept = co_await send(answer, asked.path, keeps_alive());
  // What a stream holds, a cursor in a database perhaps, is let go where it was taken.
  if (answer.stream) common_.pool.resume([held = std::move(answer.stream)] {});
  co_return kept;
}

Awaitable<int> Session::receive_body(std::string& body, std::size_t& counted) {
  std::size_t limit = default_body_limit;
  try {
    if (common_.handlers.body_limit) limit = common_.handlers.body_limit(view());
  } catch (const std::exception& e) {
    spdlog::error("http: deciding a body's limit failed at {}: {}", log_path(head_.path()), e.what());
    co_return 500;
  }
  if (head_.length.value_or(0) > limit) co_return 413;
  if (!co_await say_continue()) co_return gone;
  parser_->body_to(body);
  parser_->body_limit(limit);
  parser_->eager(true);
  enter(Phase::body, common_.options.body_timeout_s);
  for (std::size_t step = 0;;) {
    if (int refusal = parse_body()) co_return refusal;
    auto grown = body.size() - counted;
    counted += grown;
    if ((common_.body_bytes += grown) > common_.options.body_budget) co_return 503;
    if (body.size() / body_step > step) {
      step = body.size() / body_step;
      enter(Phase::body, common_.options.body_timeout_s);
    }
    if (parser_->is_done()) break;
    if (int refusal = co_await read_body(body_step)) co_return refusal;
  }
  co_return 0;
}

Awaitable<bool> Session::say_continue() {
  if (!head_.expects_continue || in_.size() > 0) co_return true;
  out_ = {asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25)};
  co_return co_await flush() == Sent::all;
}

/// What has come of the body goes where body_to() said. 0, or the status that refuses.
int Session::parse_body() {
  boost::system::error_code fault = beast::http::error::need_more;
  if (in_.size() > 0 && !parser_->is_done()) in_.consume(parser_->put(in_.data(), fault));
  if (fault == beast::http::error::body_limit) return 413;
  if (fault && fault != beast::http::error::need_more) return 400;
  if (parser_->is_done() && in_.size() == 0 && in_.capacity() > 2 * max_head) in_.shrink_to_fit();
  return 0;
}

Awaitable<int> Session::read_body(std::size_t most) {
  if (in_.size() > max_head) co_return 400;  // chunk extensions or a trailer of that size are an attack
  boost::system::error_code fault;
  auto n = co_await socket_.async_read_some(in_.prepare(most), asio::redirect_error(use_awaitable, fault));
  if (fault) co_return expired_ ? 408 : gone;
  in_.commit(n);
  co_return 0;
}

Awaitable<bool> Session::on_worker(const std::function<void()>& work, bool admitted) {
  phase_ = Phase::working;
  auto initiate = [this, &work, admitted](auto handler) {
    auto resume = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = socket_.get_executor();
    auto answer = [executor, resume](bool done) {
      asio::post(executor, [resume, done] { std::move (*resume)(done); });
    };
    auto job = [&work, answer] {
      work();
      answer(true);
    };
    if (admitted)
      common_.pool.resume(job);
    else if (!common_.pool.submit(job))
      answer(false);
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(bool)>(initiate, use_awaitable);
}

Session::Answer Session::handle(const Request& asked) const {
  return answer_of(asked, [&] { return common_.handlers.handle(asked); });
}

Session::Answer Session::answer_of(const Request& asked, const std::function<Response()>& make) const {
  try {
    auto response = make();
    auto head = head_of(response);
    if (head)
      return {std::move(*head), bodiless(response.status), std::move(response.body), std::move(response.stream),
              response.length};
    spdlog::error("http: the response of {} is broken: {}", log_path(asked.path), head.error());
  } catch (const std::exception& e) {
    spdlog::error("http: the handler of {} threw: {}", log_path(asked.path), e.what());
  } catch (...) {
    spdlog::error("http: the handler of {} threw something that is no std::exception", log_path(asked.path));
  }
  return error(500);
}

Session::Answer Session::error(int status, int retry_after_s) const {
  std::string page;
  try {
    if (common_.handlers.error_page) page = common_.handlers.error_page(status);
  } catch (const std::exception& e) {
    spdlog::error("http: the page of error {} failed: {}", status, e.what());
  }
  Response response = text(status, page.empty() ? std::string(plain_sentence(status)) : page);
  if (!page.empty()) response.headers.front().second = "text/html; charset=utf-8";
  response.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
  if (status == 503) response.header("Retry-After", std::to_string(retry_after_s));
  if (status == 405) response.header("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  return {head_of(response).value(), false, response.body, {}, {}};
}

// ---- Answers ----

void Session::put(std::string_view head, std::string_view body, bool keep) {
  tail_ = keep ? loop_.keep_tail : loop_.close_tail;
  out_ = {asio::buffer(head), asio::buffer(tail_), asio::buffer(body)};
  expect_reader();
}

void Session::expect_reader() {
  auto size = asio::buffer_size(out_);
  enter(Phase::writing, common_.options.idle_timeout_s + std::int64_t(size / slowest_reader));
}

Session::Sent Session::write_now() {
  boost::system::error_code fault;
  auto n = socket_.write_some(out_, fault);
  if (fault && fault != asio::error::would_block) return Sent::failed;
  for (auto& piece : out_) {
    auto taken = std::min(n, piece.size());
    piece += taken;
    n -= taken;
  }
  return asio::buffer_size(out_) == 0 ? Sent::all : Sent::part;
}

Awaitable<Session::Sent> Session::flush() {
  for (;;) {
    auto sent = write_now();
    if (sent != Sent::part) co_return sent;
    boost::system::error_code fault;
    co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(use_awaitable, fault));
    if (fault) co_return Sent::failed;
  }
}

Awaitable<bool> Session::send(Answer& answer, const std::string& path, bool keep) {
  bool with_body = head_.method != Method::head && !answer.bodiless;
  if (answer.stream && with_body) co_return co_await send_stream(answer, path, keep);
  put(answer.head, with_body && answer.body ? *answer.body : std::string_view(), keep);
  co_return co_await flush() == Sent::all&& keep;
}

// RFC 9112 §6.3 and §7.1. To an HTTP/1.0 client a stream of unknown length ends with the connection; a broken one ends
// with a reset, so that nobody takes it for the whole.
Awaitable<bool> Session::send_stream(Answer& answer, const std::string& path, bool keep) {
  bool chunked = version_ == 11 && !answer.length, more = true, broken = false;
  std::uint64_t left = answer.length.value_or(0);
  std::string piece, size;
  if (chunked) answer.head += "Transfer-Encoding: chunked\r\n";
  put(answer.head, {}, keep);
  if (co_await flush() != Sent::all) co_return false;
  std::function<void()> make = [&] {
    try {
      piece.clear();
      more = answer.stream(piece);
      return;
    } catch (const std::exception& e) {
      spdlog::error("http: the stream of {} threw: {}", log_path(path), e.what());
    } catch (...) {
      spdlog::error("http: the stream of {} threw something that is no std::exception", log_path(path));
    }
    broken = true;
  };
  while (more) {
    co_await on_worker(make, true);
    if (answer.length && !broken) {
      broken = piece.size() > left || (!more && piece.size() < left);
      if (broken) spdlog::error("http: the stream of {} is not as long as it said", log_path(path));
      left -= std::min<std::uint64_t>(left, piece.size());
    }
    if (broken) {
      reset();
      co_return false;
    }
    if (piece.empty()) continue;
    size = chunk_size(piece.size());
    out_ = {asio::buffer(size), asio::buffer(piece), asio::buffer("\r\n", 2)};
    if (!chunked) out_.front() = out_.back() = {};
    expect_reader();
    if (co_await flush() != Sent::all) co_return false;
  }
  if (answer.length) co_return keep;
  if (!chunked) co_return false;
  out_ = {asio::buffer("0\r\n\r\n", 5)};
  expect_reader();
  co_return co_await flush() == Sent::all&& keep;
}

Awaitable<> Session::refuse(int status) {
  loop_.refused.fetch_add(1, std::memory_order_relaxed);
  Answer answer = error(status);
  put(answer.head, head_.method == Method::head ? std::string_view() : *answer.body, false);
  if (co_await flush() == Sent::all) co_await linger();
}

// A close with bytes unread resets the connection, and the client may lose the answer it has not read yet (RFC 9112
// §9.6): so say that nothing more comes, and throw away for a moment what the client still sends.
Awaitable<> Session::linger() {
  boost::system::error_code fault;
  socket_.shutdown(Socket::shutdown_send, fault);
  enter(Phase::lingering, linger_s);
  for (std::size_t thrown = 0; !fault && thrown < linger_bytes;) {
    in_.consume(in_.size());
    thrown += co_await socket_.async_read_some(in_.prepare(body_step), asio::redirect_error(use_awaitable, fault));
  }
}

void Session::reset() {
  boost::system::error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.close(ignored);
}

}  // namespace polder::http
