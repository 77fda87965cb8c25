#include "kernel/storage/connection.h"

#include <cmath>
#include <stdexcept>

namespace polder::storage {
namespace {

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF; and no NUL, which PostgreSQL's text cannot hold.
bool is_text(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const auto at = [&](std::size_t k) { return k < s.size() ? static_cast<unsigned char>(s[k]) : 0u; };
    const unsigned lead = at(i);
    if (lead == 0) return false;
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const int more = lead >= 0xC2 && lead < 0xE0   ? 1
                     : lead >= 0xE0 && lead < 0xF0 ? 2
                     : lead >= 0xF0 && lead < 0xF5 ? 3
                                                   : 0;
    if (more == 0) return false;
    const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at(i + 1) < low || at(i + 1) > high) return false;
    for (int k = 2; k <= more; ++k) {
      if ((at(i + k) & 0xC0) != 0x80) return false;
    }
    i += more + 1;
  }
  return true;
}

void check(const Statement& s, std::span<const Value> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto* text = std::get_if<std::string>(&values[i]);
    const auto* real = std::get_if<double>(&values[i]);
    if ((text && !is_text(*text)) || (real && std::isnan(*real))) {
      throw std::logic_error(std::string(s.name) + ": $" + std::to_string(i + 1) +
                             (text ? " is not text: it is not UTF-8 or holds a NUL" : " is not a number"));
    }
  }
}

}  // namespace

std::int64_t Connection::run(const Statement& s, std::span<const Value> values, const EachRow& each) {
  check(s, values);
  if (running_) throw std::logic_error(std::string(s.name) + ": run while another statement gives its rows");
  running_ = true;
  struct Over {
    bool& flag;
    ~Over() { flag = false; }
  } over{running_};
  return execute(s, values, each);
}

void Connection::lose(Then then, std::string what) {
  lost_.emplace(then, std::move(what));
  throw TransactionLost(*lost_);
}

std::int64_t Reading::run(const Statement& s, std::span<const Value> values, const EachRow& each) {
  ++statements_;
  return connection_.run(s, values, each);
}

std::int64_t Writing::run(const Statement& s, std::span<const Value> values, const EachRow& each) {
  ++statements_;
  if (failed_) throw std::logic_error(std::string(s.name) + ": run in a write in which a statement has failed");
  failed_ = true;
  const auto changed = connection_.run(s, values, each);
  failed_ = false;
  return changed;
}

void Writing::announce(std::string_view words) {
  if (words.size() > longest_announcement) throw std::logic_error("an announcement is too long");
  if (failed_) throw std::logic_error("an announcement in a write in which a statement has failed");
  failed_ = true;
  connection_.announce(words);
  failed_ = false;
}

}  // namespace polder::storage
