#include "kernel/i18n/uses.h"

#include <algorithm>
#include <cctype>

namespace polder::i18n {
namespace {

struct Token {
  enum Kind { word, string, mark } kind;
  std::string text;
  int line;
  bool is(std::string_view mark_text) const { return kind == mark && text == mark_text; }
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// Cuts code into words, strings and marks; hands comments over as they pass.
class Lexer {
 public:
  Lexer(std::string_view code, std::vector<Family>& families) : rest_(code), families_(families) {}

  std::vector<Token> tokens() {
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (rest_.starts_with("//"))
        comment(take_until("\n"));
      else if (rest_.starts_with("/*"))
        take_until("*/");
      else if (rest_.starts_with("R\""))
        raw_string();
      else if (c == '"')
        out_.push_back({Token::string, quoted('"'), line_});
      else if (c == '\'')
        quoted('\'');
      else if (is_word(c))
        word();
      else if (std::isspace(static_cast<unsigned char>(c)))
        take(1);
      else
        out_.push_back({Token::mark, std::string(take(1)), line_});
    }
    return std::move(out_);
  }

 private:
  std::string_view take(std::size_t n) {
    const auto taken = rest_.substr(0, n);
    line_ += int(std::ranges::count(taken, '\n'));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  /// Up to and with `end`, or all.
  std::string_view take_until(std::string_view end) {
    const auto at = rest_.find(end);
    return take(at == std::string_view::npos ? rest_.size() : at + end.size());
  }

  /// Digits too, with their separators: 20'000 opens no character.
  void word() {
    std::size_t n = 1;
    const bool number = std::isdigit(static_cast<unsigned char>(rest_.front()));
    while (n < rest_.size() && (is_word(rest_[n]) || (number && rest_[n] == '\''))) ++n;
    out_.push_back({Token::word, std::string(take(n)), line_});
  }

  std::string quoted(char quote) {
    std::size_t n = 1;
    while (n < rest_.size() && rest_[n] != quote && rest_[n] != '\n') n += rest_[n] == '\\' ? 2 : 1;
    const auto all = take(n + 1);
    return std::string(all.substr(1, all.size() < 2 ? 0 : all.size() - 2));
  }

  void raw_string() {
    take(2);
    const auto delimiter = take_until("(");
    const int line = line_;
    const auto body = take_until(")" + std::string(delimiter.substr(0, delimiter.size() - 1)) + "\"");
    out_.push_back({Token::string, std::string(body), line});
  }

  /// `// messages: room.phase-*, room.role-*`
  void comment(std::string_view text) {
    constexpr std::string_view begin = "// messages: ";
    if (!text.starts_with(begin)) return;
    text.remove_prefix(begin.size());
    while (!text.empty()) {
      const auto end = text.find_first_of(", \n");
      if (auto name = text.substr(0, end); name.ends_with('*'))
        families_.push_back({std::string(name.substr(0, name.size() - 1)), line_ - 1});
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
  }

  std::string_view rest_;
  std::vector<Family>& families_;
  std::vector<Token> out_;
  int line_ = 1;
};

/// A bracket that is open where we stand.
struct Open {
  std::string bracket;
  bool holds_key;      ///< a key may stand directly in it
  bool takes_message;  ///< a message may stand directly in it, in braces
};

bool takes_message(std::string_view word) {
  return word == "refuse" || word == "refuse_field" || word == "say" || word == "FieldError";
}

Open opened(const std::vector<Token>& tokens, std::size_t at, const std::vector<Open>& around) {
  const auto word = [&](std::size_t back) -> std::string_view {
    return at >= back && tokens[at - back].kind == Token::word ? std::string_view(tokens[at - back].text) : "";
  };
  Open open{tokens[at].text, false, takes_message(word(1))};
  if (open.bracket == "(") {
    open.holds_key = word(1) == "t";
  } else if (open.bracket == "{") {
    const bool assigned = at >= 2 && tokens[at - 1].is("=") && word(2) == "message";
    open.holds_key = word(1) == "Message" || word(2) == "Message" || assigned ||
                     (word(1).empty() && !around.empty() && around.back().takes_message);
  }
  return open;
}

/// `{{"count", n}, {"name", who}}` from `at` on, or the end of the brackets that hold the key.
std::optional<std::set<std::string>> written_args(const std::vector<Token>& tokens, std::size_t at) {
  std::set<std::string> names;
  if (at >= tokens.size()) return std::nullopt;
  if (tokens[at].is(")") || tokens[at].is("}")) return names;
  const auto is = [&](std::size_t i, std::string_view mark) { return i < tokens.size() && tokens[i].is(mark); };
  if (!is(at, ",") || !is(at + 1, "{") || !is(at + 2, "{")) return std::nullopt;
  int depth = 1;
  for (std::size_t i = at + 2; i < tokens.size() && depth > 0; ++i) {
    const bool opens = is(i, "{") || is(i, "("), closes = is(i, "}") || is(i, ")");
    if (depth == 1 && is(i, "{")) {
      if (i + 1 >= tokens.size() || tokens[i + 1].kind != Token::string) return std::nullopt;
      names.insert(tokens[i + 1].text);
    }
    depth += opens ? 1 : closes ? -1 : 0;
  }
  return names;
}

}  // namespace

bool is_key(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == 0 || dot == std::string_view::npos || text.ends_with('.') || text.contains("..")) return false;
  if (text.front() < 'a' || text.front() > 'z' || text.substr(0, dot).contains('-')) return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

Uses uses_in(std::string_view code) {
  Uses uses;
  const auto tokens = Lexer(code, uses.families).tokens();
  std::vector<Open> around;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token.is("(") || token.is("{") || token.is("[")) {
      around.push_back(opened(tokens, i, around));
    } else if (token.is(")") || token.is("}") || token.is("]")) {
      if (!around.empty()) around.pop_back();
    } else if (token.kind == Token::string) {
      uses.literals.insert(token.text);
      if (i >= 2 && is_key(token.text) && tokens[i - 1].is("=") && tokens[i - 2].text == "name")
        uses.acts.insert(token.text);
      if (!is_key(token.text) || around.empty()) continue;
      const bool chosen = tokens[i - 1].is("?") || tokens[i - 1].is(":");  // between sentences of different arguments
      auto args = chosen ? std::nullopt : written_args(tokens, i + 1);
      const bool braced = around.back().bracket == "{" && args && !args->empty();
      if (around.back().holds_key || braced)
        uses.keys.push_back({.key = token.text, .line = token.line, .args = std::move(args)});
    }
  }
  return uses;
}

}  // namespace polder::i18n
