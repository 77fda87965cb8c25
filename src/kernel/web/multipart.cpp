#include "kernel/web/multipart.h"

#include <utility>

namespace polder::web {
namespace {

constexpr std::size_t most_parts = 2'000, longest_head = 4'000;

std::unexpected<Refusal> broken(std::string_view cause) {
  return refuse(Why::invalid, {"web.form-broken"}, std::string(cause));
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

/// What browsers escape in a field's name or file name (WHATWG HTML, multipart/form-data encoding): %22, %0D, %0A.
std::string unescape_name(std::string name) {
  for (const auto& [from, to] : {std::pair{"%22", "\""}, std::pair{"%0D", "\r"}, std::pair{"%0A", "\n"}})
    for (std::size_t at = 0; (at = name.find(from, at)) != std::string::npos; ++at) name.replace(at, 3, to);
  return name;
}

Result<Multipart::Part> read_head(std::string_view head) {
  std::optional<std::string> name, file;
  while (!head.empty()) {
    const auto line_end = head.find("\r\n");
    const std::string_view line = head.substr(0, line_end);
    head.remove_prefix(line_end == head.npos ? head.size() : line_end + 2);
    std::string begin(line.substr(0, 20));
    for (char& c : begin) c = lower(c);
    if (!begin.starts_with("content-disposition:")) continue;
    name = parameter(line, "name");
    file = parameter(line, "filename");
  }
  if (!name) return broken("part without a name");
  if (file) file = unescape_name(*std::move(file));
  return Multipart::Part{unescape_name(*std::move(name)), std::move(file)};
}

}  // namespace

Result<Multipart> Multipart::of(std::string_view content_type, Listener& listener) {
  auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return broken("no boundary");
  return Multipart("\r\n--" + *boundary, listener);
}

Done Multipart::take(std::string_view bytes) {
  // What was held back is decided with a few of the new bytes; the others are not copied.
  if (!held_.empty()) {
    const auto few = std::min(bytes.size(), longest_head + 2 * mark_.size());
    held_ += bytes.substr(0, few);
    std::string_view rest(held_);
    CHECK_DONE(read(rest));
    if (rest.size() > few) {
      held_.erase(0, held_.size() - rest.size());
      return {};
    }
    bytes.remove_prefix(few - rest.size());
    held_.clear();
  }
  CHECK_DONE(read(bytes));
  held_ = bytes;
  return {};
}

Done Multipart::read(std::string_view& rest) {
  for (bool more = true; more;) {
    TRY(more, step(rest));
  }
  return {};
}

Done Multipart::finish() const { return at_ == At::end ? Done{} : broken("no last boundary"); }

Result<bool> Multipart::step(std::string_view& rest) {
  switch (at_) {
    case At::start: {
      const auto first = std::string_view(mark_).substr(2);
      if (rest.size() < first.size()) return false;
      if (!rest.starts_with(first)) return broken("first boundary");
      rest.remove_prefix(first.size());
      at_ = At::mark;
      return true;
    }
    case At::mark: {
      if (rest.size() < 2) return false;
      const bool last = rest.starts_with("--");
      if (!last && (!rest.starts_with("\r\n") || ++parts_ > most_parts)) return broken("boundary, or too many fields");
      rest.remove_prefix(last ? rest.size() : 2);
      at_ = last ? At::end : At::head;
      return !last;
    }
    case At::head: {
      const auto end = rest.substr(0, longest_head + 4).find("\r\n\r\n");
      if (end == rest.npos) return rest.size() > longest_head ? Result<bool>(broken("part header")) : false;
      TRY(auto part, read_head(rest.substr(0, end)));
      CHECK_DONE(listener_->begin(std::move(part)));
      rest.remove_prefix(end + 4);
      at_ = At::content;
      return true;
    }
    case At::content: {
      const auto end = rest.find(mark_);
      // What may be the beginning of a boundary waits for the rest of it.
      const auto sure = end != rest.npos ? end : rest.size() - std::min(rest.size(), mark_.size() - 1);
      if (sure > 0) CHECK_DONE(listener_->data(rest.substr(0, sure)));
      rest.remove_prefix(sure);
      if (end == rest.npos) return false;
      CHECK_DONE(listener_->end());
      rest.remove_prefix(mark_.size());
      at_ = At::mark;
      return true;
    }
    case At::end:  // RFC 2046 §5.1.1: what follows the last boundary is ignored
      rest = {};
      return false;
  }
  return false;
}

std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  std::size_t at = header.find(';');
  while (at != header.npos) {
    header.remove_prefix(at + 1);
    while (header.starts_with(' ')) header.remove_prefix(1);
    const auto equals = header.find('=');
    if (equals == header.npos) return std::nullopt;
    std::string key(header.substr(0, equals));
    for (char& c : key) c = lower(c);
    header.remove_prefix(equals + 1);
    std::string value;
    if (header.starts_with('"')) {
      std::size_t i = 1;
      for (; i < header.size() && header[i] != '"'; ++i) {
        if (header[i] == '\\' && i + 1 < header.size() && (header[i + 1] == '"' || header[i + 1] == '\\')) ++i;
        value += header[i];
      }
      if (i >= header.size()) return std::nullopt;
      header.remove_prefix(i + 1);
    } else {
      const auto end = header.find(';');
      value = header.substr(0, end);
      while (value.ends_with(' ')) value.pop_back();
      header.remove_prefix(end == header.npos ? header.size() : end);
    }
    if (key == name) return value;
    at = header.find(';');
  }
  return std::nullopt;
}

}  // namespace polder::web
