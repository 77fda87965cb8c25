// Beast's parser with storage of our own: the head's fields as views into the connection's buffer, so that a request
// costs no allocation. Private to the room.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <functional>
#include <string>
#include <vector>

#include "kernel/http/policy.h"

namespace polder::http {

namespace beast = boost::beast;

class HeadParser final : public beast::http::basic_parser<true> {
 public:
  /// `fields` is the connection's, kept from request to request for its memory.
  explicit HeadParser(std::vector<Field>& fields) : fields_(fields) {
    fields_.clear();
    body_limit(boost::none);  // decided after the head, by Handlers::body_limit
    header_limit(std::uint32_t(max_head));
  }

  /// Parses the head if all of it is in `input`, whose bytes the views point into. Returns the bytes it takes; `error`
  /// is need_more while it is incomplete.
  std::size_t put_head(std::string_view input, boost::system::error_code& error) {
    input_ = input;
    return put(boost::asio::const_buffer(input.data(), input.size()), error);
  }

  RawHead head() const { return {.method = method_, .target = target_, .version = version_, .fields = fields_}; }

  /// Where the body goes; set before the first byte of it is put.
  void body_to(std::string& body) { body_ = &body; }

 private:
  using string_view = beast::string_view;
  using error_code = boost::system::error_code;

  static std::string_view view(string_view s) { return {s.data(), s.size()}; }

  void on_request_impl(beast::http::verb, string_view method, string_view target, int version, error_code&) override {
    method_ = view(method);
    target_ = view(target);
    version_ = version;
  }

  void on_field_impl(beast::http::field, string_view name, string_view value, error_code& error) override {
    if (body_) return;  // a chunked body's trailer: read, checked by Beast, and dropped (RFC 9110 §6.5.1)
    // Beast joins obs-fold lines in a buffer of its own; everything else it hands out lies in the input. RFC 9112 §5.2
    // lets a server refuse obs-fold, and the view would not outlive this call.
    std::less<const char*> before;
    bool inside = !before(value.data(), input_.data()) && before(value.data(), input_.data() + input_.size());
    if (!value.empty() && !inside) {
      error = beast::http::error::bad_value;
      return;
    }
    if (fields_.size() > max_fields) {
      error = beast::http::error::header_limit;
      return;
    }
    fields_.push_back({view(name), view(value)});
  }

  std::size_t on_body_impl(string_view bytes, error_code&) override {
    body_->append(bytes.data(), bytes.size());
    return bytes.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& error) override {
    return on_body_impl(bytes, error);
  }

  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  std::vector<Field>& fields_;
  std::string_view input_, method_, target_;
  int version_ = 11;
  std::string* body_ = nullptr;
};

}  // namespace polder::http
