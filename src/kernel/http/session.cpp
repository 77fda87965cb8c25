#include "kernel/http/session.h"

#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include "kernel/http/wire.h"

namespace polder::http {
namespace {

constexpr std::size_t read_step = 4'096;  // holds nearly every request's head

int status_of(const boost::system::error_code& fault, std::string_view input) {
  auto line = input.substr(0, input.find("\r\n"));
  if (fault == beast::http::error::header_limit) return 431;
  auto version = line.substr(line.size() - std::min<std::size_t>(line.size(), 9));
  if (fault == beast::http::error::bad_version && version.starts_with(" HTTP/") && version[7] == '.') return 505;
  return 400;
}

}  // namespace

Session::Session(Loop& loop, Socket socket) : loop_(loop), common_(loop.common), socket_(std::move(socket)) {
  ++common_.open;
  loop_.sessions.insert(this);
  boost::system::error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  auto address = socket_.remote_endpoint(ignored).address().to_string();
  peer_ = canonical_address(address).value_or(address);
  for (const auto& proxy : common_.options.trusted_proxies)
    peer_trusted_ = peer_trusted_ || canonical_address(proxy).value_or(proxy) == peer_;
}

Session::~Session() {
  loop_.sessions.erase(this);
  if (--common_.open == 0 && common_.draining) {
    std::lock_guard guard(common_.ended_lock);
    common_.ended.notify_all();
  }
}

std::string_view Session::host() const { return client_.host.empty() ? head_.host() : std::string_view(client_.host); }

void Session::enter(Phase phase, std::int64_t seconds) {
  phase_ = phase;
  expired_ = false;
  deadline_ = loop_.now_s + seconds + 1;
}

void Session::sweep() {
  if (phase_ == Phase::working || loop_.now_s < deadline_) return;
  expired_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Session::drain() {
  boost::system::error_code ignored;
  if (phase_ == Phase::idle && socket_.available(ignored) == 0) socket_.cancel(ignored);
}

bool Session::keeps_alive() const {
  return version_ == 11 && parser_->keep_alive() && !common_.draining.load(std::memory_order_relaxed);
}

// ---- One request after another ----

Awaitable<> Session::run() {
  for (bool open = true; open;) {
    begin();
    auto progress = parse_head();
    while (progress == Progress::more) {
      boost::system::error_code fault;
      auto n = co_await socket_.async_read_some(in_.prepare(read_step), asio::redirect_error(use_awaitable, fault));
      if (fault) break;
      in_.commit(n);
      if (phase_ == Phase::idle) enter(Phase::head, common_.options.header_timeout_s);
      progress = parse_head();
    }
    if (progress == Progress::more) {
      if (expired_ && phase_ == Phase::head) co_await refuse(408);
      co_return;
    }
    if (progress == Progress::refused) {
      co_await refuse(refused_);
      co_return;
    }
    loop_.requests.fetch_add(1, std::memory_order_relaxed);
    if (auto page = finished()) {
      // Nearly always the socket takes all of it at once, and no second coroutine is needed.
      open = keeps_alive();
      put(page->head, head_.method == Method::get ? page->body : std::string_view(), open);
      auto sent = write_now();
      if (sent == Sent::part) sent = co_await flush();
      open = open && sent == Sent::all;
    } else {
      open = co_await exchange();
    }
  }
  boost::system::error_code ignored;
  if (in_.size() > 0 || socket_.available(ignored) > 0) co_await linger();
}

void Session::begin() {
  parser_.emplace(fields_);
  scanned_ = 0;
  if (in_.size() == 0)
    enter(Phase::idle, common_.options.idle_timeout_s);
  else
    enter(Phase::head, common_.options.header_timeout_s);
}

Session::Progress Session::parse_head() {
  std::string_view input(static_cast<const char*>(in_.data().data()), in_.size());
  if (input.starts_with("\r\n")) {  // RFC 9112 §2.2: an empty line before a request is ignored
    in_.consume(2);
    scanned_ = 0;
    input.remove_prefix(2);
  }
  // Beast's views point into what it is given, so it is given a whole head, once.
  auto end = input.find("\r\n\r\n", scanned_ - std::min<std::size_t>(scanned_, 3));
  if (end == input.npos) return wait_for_more(input);
  end += 4;
  if (end > max_head) return refuse_as(431);
  boost::system::error_code fault;
  auto taken = parser_->put_head(input.substr(0, end), fault);
  if (fault || taken != end) return refuse_as(status_of(fault, input));
  in_.consume(taken);  // the views stay good until the next read
  auto raw = parser_->head();
  auto checked = check(raw);
  if (!checked) return refuse_as(checked.error());
  head_ = std::move(*checked);
  version_ = raw.version;
  if (peer_trusted_) {
    auto client = forwarded(peer_, fields_, common_.options.trusted_proxies);
    if (!client) return refuse_as(client.error());
    client_ = std::move(*client);
  }
  return Progress::ready;
}

/// What can be said of a head before its end has come. A line that ends without CR would never end it.
Session::Progress Session::wait_for_more(std::string_view input) {
  for (auto at = input.find('\n', scanned_); at != input.npos; at = input.find('\n', at + 1))
    if (at == 0 || input[at - 1] != '\r') return refuse_as(400);
  scanned_ = input.size();
  if (input.size() > max_target + 64 && input.find('\n') == input.npos) return refuse_as(414);
  return input.size() < max_head ? Progress::more : refuse_as(431);
}

Session::Progress Session::refuse_as(int status) {
  refused_ = status;
  head_.method = method_of(parser_->head().method);
  return Progress::refused;
}

std::shared_ptr<const Finished> Session::finished() {
  if (!common_.handlers.finished || head_.has_body()) return {};
  if (head_.method != Method::get && head_.method != Method::head) return {};
  try {
    auto page = common_.handlers.finished(view());
    if (page) loop_.finished.fetch_add(1, std::memory_order_relaxed);
    return page;
  } catch (const std::exception& e) {
    spdlog::error("http: finding a finished page failed at {}: {}", log_path(head_.path()), e.what());
    return {};
  }
}

Head Session::view() const {
  return {.method = head_.method,
          .target = head_.target,
          .path = head_.path(),
          .host = host(),
          .cookie = head_.cookie,
          .accept_language = head_.accept_language,
          .accept_encoding = head_.accept_encoding,
          .if_none_match = head_.if_none_match};
}

Request Session::request() const {
  Request out{.method = head_.method,
              .path = std::string(head_.path()),
              .query = std::string(head_.query),
              .host = std::string(host()),
              .secure = client_.secure,
              .remote = peer_trusted_ ? client_.remote : peer_};
  out.headers.reserve(fields_.size());
  for (const auto& field : fields_)
    if (is_forwarding_field(field.name))
      out.relayed = true;
    else
      out.headers.emplace_back(lower(field.name), field.value);
  return out;
}

}  // namespace polder::http
