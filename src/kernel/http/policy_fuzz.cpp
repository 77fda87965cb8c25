// Heads of requests, as any client may send them, through Beast's parser and the policy: whatever is let through keeps
// the promises of Request.
#include <cstdlib>

#include "kernel/http/head_parser.h"
#include "kernel/http/policy.h"
#include "kernel/text/text.h"

namespace {

void must(bool promise) {
  if (!promise) std::abort();
}

void check_path(std::string_view path) {
  must(path.starts_with('/'));
  must(polder::text::valid_utf8(path));
  must(path.find("//") == path.npos);
  must(path.find('\\') == path.npos);
  for (unsigned char c : path) must(c >= 0x20 && c != 0x7f);
  std::string closed = std::string(path) + "/";
  must(closed.find("/./") == closed.npos && closed.find("/../") == closed.npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace polder::http;
  // Random bytes seldom make a head: the input is tried as a whole one, as a target, and as one more header line.
  std::string input(reinterpret_cast<const char*>(data), size);
  const std::string heads[] = {input, "GET " + input + " HTTP/1.1\r\nHost: a.example\r\n\r\n",
                               "POST / HTTP/1.1\r\nHost: a.example\r\n" + input + "\r\n\r\n"};
  for (const auto& bytes : heads) {
    std::vector<Field> fields;
    HeadParser parser(fields);
    boost::system::error_code fault;
    auto taken = parser.put_head(bytes, fault);
    if (fault || taken != bytes.size()) continue;
    auto raw = parser.head();
    auto head = check(raw);
    if (!head) {
      must(head.error() >= 400 && head.error() < 600);
      continue;
    }
    check_path(head->path());
    must(valid_host(head->host()) && lower(head->host()) == head->host());
    must(!(head->length && head->chunked));
    must(head->length == (parser.content_length() ? std::optional<std::uint64_t>(*parser.content_length())
                                                  : std::optional<std::uint64_t>()));
    must(head->chunked == parser.chunked());
    (void)forwarded("192.0.2.1", raw.fields, {});
  }
  return 0;
}
