#include "kernel/http/wire.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "kernel/http/policy.h"

namespace polder::http {
namespace {

bool is_token_char(char c) {  // RFC 9110 §5.6.2
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != 0 && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

// Framing, and what lies between two neighbours on the wire, is the server's alone.
bool is_the_servers(std::string_view name) {
  constexpr std::array<std::string_view, 7> names = {
      "connection", "content-length", "transfer-encoding", "date", "keep-alive", "upgrade", "trailer"};
  return std::any_of(names.begin(), names.end(), [&](auto n) { return equal_ignoring_case(n, name); });
}

}  // namespace

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 451:
      return "Unavailable For Legal Reasons";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";
  }
}

bool valid_header(std::string_view name, std::string_view value) {
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_char)) return false;
  return std::none_of(value.begin(), value.end(),
                      [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

bool bodiless(int status) { return status == 204 || status == 304 || status < 200; }

std::expected<std::string, std::string> head_of(const Response& response) {
  if (response.status < 200 || response.status > 599)
    return std::unexpected("no final status: " + std::to_string(response.status));
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head += reason(response.status);
  head += "\r\n";
  for (const auto& [name, value] : response.headers) {
    // The value may be a person's: it is not repeated for the log.
    if (!valid_header(name, value)) return std::unexpected("a header that cannot be sent");
    if (is_the_servers(name)) return std::unexpected("a header that belongs to the server: " + name);
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  }
  if (bodiless(response.status)) return head;
  auto length = response.length;
  if (!response.stream) length = response.body ? response.body->size() : 0;
  if (length) head += "Content-Length: " + std::to_string(*length) + "\r\n";
  return head;
}

std::string log_path(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    auto end = std::min(path.find('/', 1), path.size());
    auto segment = path.substr(0, end);
    out += segment.size() > 20 ? "/..." : segment;
    path.remove_prefix(end);
  }
  return out;
}

std::string_view plain_sentence(int status) {
  switch (status) {
    case 400:
      return "This request could not be understood.\n";
    case 405:
      return "This method is not served here.\n";
    case 408:
      return "The request took too long to arrive.\n";
    case 411:
      return "The request must say how long its body is.\n";
    case 413:
      return "The request is larger than what may be sent here.\n";
    case 414:
      return "The address is too long.\n";
    case 417:
      return "This expectation cannot be met.\n";
    case 431:
      return "The request's headers are too large.\n";
    case 500:
      return "Something went wrong on our side.\n";
    case 501:
      return "This method or transfer coding is not supported.\n";
    case 503:
      return "Too many people are here right now. Please try again in a moment.\n";
    case 505:
      return "Only HTTP/1.1 is spoken here.\n";
    default:
      return "This request cannot be answered.\n";
  }
}

Response text(int status, std::string body) {
  Response response{.status = status, .body = std::make_shared<const std::string>(std::move(body))};
  response.header("Content-Type", "text/plain; charset=utf-8");
  return response;
}

std::shared_ptr<const Finished> finish(const Response& response) {
  if (response.stream) throw std::invalid_argument("a stream is never finished");
  auto head = head_of(response);
  if (!head) throw std::invalid_argument(head.error());
  return std::make_shared<const Finished>(std::move(*head), response.body ? *response.body : std::string());
}

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return value;
  return {};
}

}  // namespace polder::http
