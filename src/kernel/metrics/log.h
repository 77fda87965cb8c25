// Structured logs without personal data: one JSON object a line.
//
//   log::info("mail.sent", {{"attempts", 2}});
//   {"time":"2026-11-22T18:04:05.123Z","level":"info","event":"mail.sent","attempts":2}
//
// What a person typed cannot get in: a value is a number, a flag, an id, a moment or a word that stands in the source.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "kernel/base/id.h"
#include "kernel/base/time.h"

namespace polder::log {

/// Text that stands in the source of the program. Made by the compiler only.
class Literal {
 public:
  consteval Literal(const char* text) : text_(text) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// What a machine says about itself: the operating system, a library, a server of ours. Who writes Machine{…} vouches
/// that no person's data can be in it (not the body of a mail server's reply, not a database's complaint about a
/// value). At most 300 bytes are kept.
struct Machine {
  std::string_view words;
};

class Field {
 public:
  Field(Literal name, Literal word) : name_(name), value_(word.text()) {}
  Field(Literal name, Id id) : name_(name), value_(id) {}
  Field(Literal name, Time t) : name_(name), value_(t) {}
  Field(Literal name, Machine machine) : name_(name), value_(machine.words.substr(0, 300)) {}
  template <class T>
    requires std::is_arithmetic_v<T>
  Field(Literal name, T number) : name_(name), value_(converted(number)) {}

  void write(std::string& out) const;

 private:
  using Value = std::variant<std::string_view, Id, Time, std::int64_t, double, bool>;
  template <class T>
  static Value converted(T number) {
    if constexpr (std::is_same_v<T, bool>)
      return number;
    else if constexpr (std::is_integral_v<T>)
      return static_cast<std::int64_t>(number);
    else
      return static_cast<double>(number);
  }

  Literal name_;
  Value value_;
};
using Fields = std::initializer_list<Field>;

enum class Level { debug, info, warn, error };

/// Installs the log for the whole program, spdlog's default logger included, which rooms below this one use for words
/// of their own. Lines go to `out` (null: the standard error stream), each whole, from any thread.
void start(Level least = Level::info, std::ostream* out = nullptr);

void debug(Literal event, Fields fields = {});
void info(Literal event, Fields fields = {});
void warn(Literal event, Fields fields = {});
void error(Literal event, Fields fields = {});

}  // namespace polder::log
