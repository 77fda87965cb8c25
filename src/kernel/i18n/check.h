// The promise that no page lacks a sentence, held while building: polder_messages_check runs this over src/.
//
// A use of a key is found in code when it is written in one of these ways:
//   t("room.key", …)                                   also with a choice: t(open ? "room.a" : "room.b")
//   Message{"room.key", …}, .message = {"room.key", …}
//   {"room.key", …} as an argument of refuse, refuse_field, say or FieldError
//   {"room.key", {{"argument", …}}} anywhere
//   // messages: room.phase-*                          a family whose names are put together while running
//   name = "room.verb"                                 an act: its fields are "room.verb.<field>…" (fields/draw.h)
// These are held: the key exists, and is given every argument of its sentence where they are written out. A key that
// stands in code in any other way counts as used, no more; so does one that begins with a string of code that ends in
// '.' or '-'.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace polder::i18n {

/// Every fault below `src`, each as "file:line: what is wrong and what would be right"; none when all is well.
///
/// - each folder has en.json, nl.json and de.json with the same keys, and nothing else;
/// - each key begins with the name of its folder, or of an act that is declared in it; each pattern is valid
/// MessageFormat; an argument is in all three
///   languages, unless it only chooses a form (plural, select), which one language may need and another not;
/// - each key that code uses exists and gets its arguments, and each key that exists is used. Tests do not count.
std::vector<std::string> check_messages(const std::filesystem::path& src);

}  // namespace polder::i18n
