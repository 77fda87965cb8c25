#include "kernel/storage/postgres_address.h"

#include <algorithm>
#include <stdexcept>

#include "kernel/storage/database.h"

namespace polder::storage {

Address::Address(std::string url) : url_(std::move(url)) {
  const std::unique_ptr<PQconninfoOption, Clear> options(PQconninfoParse(url_.c_str(), nullptr));
  if (!options) throw std::runtime_error("not a PostgreSQL URL");
  std::string host, port, name;
  for (const auto* o = options.get(); o->keyword; ++o) {
    if (!o->val) continue;
    const std::string_view key = o->keyword;
    if (key == "password" || key == "sslpassword") secrets_.emplace_back(o->val);
    if (key == "host") host = o->val;
    if (key == "port") port = o->val;
    if (key == "dbname") name = std::string("/") + o->val;
  }
  // A URL whose host was forgotten has its password here.
  if (port.find_first_not_of("0123456789,") != std::string::npos) throw std::runtime_error("not a PostgreSQL URL");
  where_ = host + (port.empty() ? "" : ":" + port) + name;
}

Line Address::connect(bool read_write, std::chrono::milliseconds patience) const {
  const std::string seconds = std::to_string(std::max<std::int64_t>(2, patience.count() / 1'000));
  const std::string milliseconds = std::to_string(patience.count());
  // A later word overrules an earlier one: what the URL says stands.
  const char* const words[] = {"connect_timeout",  "tcp_user_timeout", "keepalives_idle", "target_session_attrs",
                               "application_name", "dbname",           "client_encoding", nullptr};
  const char* const values[] = {seconds.c_str(), milliseconds.c_str(), "30",   read_write ? "read-write" : "any",
                                "polder",        url_.c_str(),         "UTF8", nullptr};
  Line line(PQconnectdbParams(words, values, 1));
  if (!line) throw Unavailable("out of memory");
  if (PQstatus(line.get()) != CONNECTION_OK) throw Unavailable(clean(PQerrorMessage(line.get())));
  return line;
}

std::string Address::clean(std::string_view message) const {
  std::string out(message.substr(0, message.find_last_not_of(" \r\n") + 1));
  std::replace(out.begin(), out.end(), '\n', ' ');
  for (const auto& secret : secrets_) {
    for (std::size_t at = 0; !secret.empty() && (at = out.find(secret, at)) != std::string::npos; at += 3) {
      out.replace(at, secret.size(), "***");
    }
  }
  return out;
}

}  // namespace polder::storage
