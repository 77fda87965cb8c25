// A log that is read over HTTP or HTTPS, as anybody reads it. Bounded in size and time; follows no redirect, so that
// what was asked of one host is never answered by another.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "record/audit.h"

namespace polder::record {

struct HttpLimits {
  long connect_seconds = 10;
  long request_seconds = 60;
};

/// One connection, kept open from one fetch to the next. Not thread-safe.
class HttpSource final : public Source {
 public:
  /// `address` is the log's: "https://example.org/water/record". Refused (record.fetch-address) unless it is http or
  /// https, with a host and without query, fragment or password.
  static Result<HttpSource> open(std::string_view address, HttpLimits limits = {});
  HttpSource(HttpSource&&) noexcept;
  HttpSource& operator=(HttpSource&&) noexcept;
  ~HttpSource() override;

  /// 404 and 410 are not_found; every other answer than 200, and every fault of the network, is unavailable.
  Result<std::string> fetch(std::string_view path) override;

 private:
  struct Connection;
  HttpSource(std::string address, std::unique_ptr<Connection> connection);
  std::string address_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace polder::record
