// The HTTP/1.1 server: the only room that knows Beast, Asio and coroutines.
//
// What comes in is a Request whose framing, Host, path and size have been checked (README.md here lists the policy);
// what goes out is a Response. Handlers are plain functions on a bounded pool of workers; when the queue is full the
// answer is 503 with Retry-After, given without touching a worker. TLS, HTTP/2 and slow clients' buffering belong to a
// proxy in front (docs/operations.md); Polder believes X-Forwarded-* only from addresses it was told to.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/base/result.h"

namespace polder::http {

enum class Method { get, head, post, put, patch, del, options, other };

struct Request {
  Method method = Method::get;
  std::string path;   ///< percent-decoded once, dot segments refused, always begins with '/', valid UTF-8, no controls
  std::string query;  ///< raw, without '?'
  std::string host;   ///< lower case, with the port if it was sent
  bool secure = false;   ///< came over TLS, by the word of a trusted proxy
  std::string remote;    ///< the client's address, by the word of a trusted proxy if one is in front
  bool relayed = false;  ///< somebody says that it came through them: `remote` may be a proxy that we were not told of
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< names lower case
  std::string body = {};

  /// The header's value, or empty. A header that must not repeat and did has been refused before.
  std::string_view header(std::string_view lower_case_name) const;
};

/// A body that is made while it is sent: called for the next piece until it returns false. Runs on a worker; memory in
/// flight is one piece a connection. An exception cuts the connection, so that no client takes half for the whole.
using Stream = std::function<bool(std::string& piece)>;

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::shared_ptr<const std::string> body = {};  ///< shared with the page cache
  Stream stream = {};                            ///< instead of `body`; sent chunked unless `length` is known
  std::optional<std::uint64_t> length = {};      ///< of the stream; one that gives more or less is cut

  Response& header(std::string name, std::string value) & {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  Response&& header(std::string name, std::string value) && {
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
  }
};

Response text(int status, std::string body);  ///< text/plain; charset=utf-8

/// Takes the body of an upload piece by piece as it arrives, so that none of it is held in memory. Made, called and
/// destroyed on workers (or on the thread that stops the server), one call at a time.
class Intake {
 public:
  /// Also when the client left, was too slow or sent too much: what came of the body is then of no use to anybody.
  virtual ~Intake() = default;
  /// The next bytes. False: no more are wanted; answer() says why, and the connection ends with that answer.
  virtual bool take(std::string_view bytes) = 0;
  /// Called once, after the last byte or after take() said false.
  virtual Response answer() = 0;
};

/// What a client sent before its body: enough to answer at once or to decide how large the body may be.
struct Head {
  Method method = Method::get;
  std::string_view target;  ///< as sent
  std::string_view path;    ///< as in Request
  std::string_view host;
  std::string_view cookie;
  std::string_view accept_language;
  std::string_view accept_encoding;
  std::string_view if_none_match;
};

/// A finished answer: status line, headers and body as bytes, shared by everybody who asks. The server adds only what
/// belongs to the connection.
struct Finished {
  std::string head;  ///< "HTTP/1.1 200 OK\r\n…\r\n" without the empty line that ends it
  std::string body;
};

/// The response as it will be sent to everybody. Throws std::invalid_argument for a header that cannot be sent, and for
/// a stream.
std::shared_ptr<const Finished> finish(const Response& response);

/// In bytes: an upload is handed to its Intake a piece of this size at once, and takes twice that of memory.
inline constexpr std::size_t upload_piece = 1u << 20;

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  std::size_t io_threads = 2;
  std::size_t workers = 4;
  std::size_t queue = 256;               ///< requests waiting for a worker at most
  std::size_t connections = 10'000;      ///< open at most; the next is answered 503 and closed
  std::size_t body_budget = 256u << 20;  ///< bytes of bodies in memory at most, all connections together
  int header_timeout_s = 10, body_timeout_s = 60, idle_timeout_s = 30;
  std::size_t uploads = 16;                       ///< under way at most; the next is answered 503
  int upload_timeout_s = 4 * 3600;                ///< for the whole body of an upload
  int drain_s = 20;                               ///< how long stop() waits for answers under way
  std::vector<std::string> trusted_proxies = {};  ///< addresses whose X-Forwarded-For/-Proto/-Host are believed
};

struct Handlers {
  /// On a worker. HEAD is answered as GET; the server leaves the body out. Framing headers, Connection and Date are
  /// the server's: a response that sets one, or has a header that cannot be sent, becomes a 500.
  std::function<Response(const Request&)> handle;
  /// On the I/O thread, for GET and HEAD, before a worker is asked: a finished page, or nothing. Must not block.
  std::function<std::shared_ptr<const Finished>(const Head&)> finished = {};
  /// The largest body this request may have, in bytes (1 MiB if nobody decides); more is answered 413 without
  /// reading it. Called on the I/O thread; must not block.
  std::function<std::size_t(const Head&)> body_limit = {};
  /// Whether this request is an upload, and its largest body. More is answered 413: at once if Content-Length says so,
  /// else when it has come. On the I/O thread; must not block.
  std::function<std::optional<std::uint64_t>(const Head&)> upload_limit = {};
  /// For an upload, on a worker, before the first byte of its body is read (and before 100 Continue): who takes the
  /// body, or the answer for those who may not send one.
  std::function<std::expected<std::unique_ptr<Intake>, Response>(const Request&)> receive = {};
  /// The body of an error the server answers itself (400, 405, 408, 411, 413, 414, 417, 431, 500, 501, 503, 505): a
  /// whole HTML page, or nothing. Called on any thread; must not block.
  std::function<std::string(int status)> error_page = {};
};

struct Figures {
  std::uint64_t requests = 0, finished = 0, refused = 0, overloaded = 0;
  std::size_t open = 0, waiting = 0, running = 0, uploads = 0;
};

class Server {
 public:
  Server(Options options, Handlers handlers);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and serves on threads of its own; refuses with the reason when the address cannot be had.
  Done start();
  /// Stops accepting, lets answers under way finish (drain_s), closes idle connections, joins its threads.
  void stop();
  std::uint16_t port() const;
  Figures figures() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace polder::http
