#include "record/checkpoint.h"

#include <span>

#include "kernel/base/encode.h"
#include "record/lines.h"

namespace polder::record {

std::string format(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64(crypto::view(checkpoint.root)) +
         "\n" + checkpoint.extensions;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto malformed = [](std::string cause) {
    return refuse(Why::invalid, {"record.checkpoint-malformed"}, std::move(cause));
  };
  Lines lines(text);
  const auto origin = lines.next(), size_line = lines.next(), root_line = lines.next();
  if (!root_line || origin->empty()) return malformed("fewer than three lines, or an empty origin");
  const auto size = decimal(*size_line);
  const auto root_bytes = unbase64(*root_line);
  const auto root = root_bytes ? crypto::hash_of(*root_bytes) : std::nullopt;
  if (!size || !root) return malformed("the size is no decimal, or the root is not 32 bytes of base64");
  if (*size == 0 && *root != empty_root()) return malformed("an empty tree with another root than the empty one");
  const auto extensions = lines.rest();
  while (const auto line = lines.next())
    if (line->empty()) return malformed("an empty line");
  if (!lines.rest().empty()) return malformed("a last line without end");
  return Checkpoint{std::string(*origin), *size, *root, std::string(extensions)};
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::SigningKey& key) {
  const std::string text = format(checkpoint);
  return format(Note{text, {sign_note(text, checkpoint.origin, key)}});
}

Result<Checkpoint> open_checkpoint(std::string_view bytes, const Verifier& log) {
  TRY(const auto note, open_note(bytes, std::span(&log, 1)));
  TRY(auto checkpoint, parse_checkpoint(note.text));
  if (checkpoint.origin != log.name)
    return refuse(Why::invalid, {"record.checkpoint-origin", {{"origin", checkpoint.origin}, {"expected", log.name}}});
  return checkpoint;
}

}  // namespace polder::record
