#include "governance/reader.h"

#include <algorithm>

#include "governance/checks.h"
#include "kernel/text/text.h"

namespace polder::governance {
namespace {

std::string join(std::span<const std::string> words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

Message expected_text(Room room) {
  return {"governance.right.text", {{"limit", static_cast<std::int64_t>(room.limit)}}};
}

/// Catalogue key for what was found instead; a translator sees whole words, never a type's name.
std::string found(Node::Kind kind) {
  using enum Node::Kind;
  switch (kind) {
    case text:
      return "text";
    case number:
      return "number";
    case fraction:
      return "fraction";
    case yes_no:
      return "yesno";
    case date:
    case moment:
    case local_time:
      return "date";
    case list:
      return "list";
    case table:
      return "table";
  }
  return "table";
}

}  // namespace

void Faults::add(Place place, std::string key, Message wrong, Message right) {
  if (faults_.size() == most_faults) return;
  const auto after =
      std::ranges::upper_bound(faults_, place, {}, [](const Fault& f) { return Place{f.line, f.column}; });
  faults_.insert(after, {place.line, place.column, std::move(key), std::move(wrong), std::move(right)});
}

Message suggestion(std::string_view word, std::span<const std::string> known) {
  if (known.empty()) return {"governance.right.leave-out"};
  if (auto near = nearest(word, known); !near.empty())
    return {"governance.right.did-you-mean", {{"word", std::move(near)}}};
  return {"governance.right.one-of", {{"words", join(known)}}};
}

Reader::Reader(Faults& faults, const Node* table, std::string path)
    : faults_(&faults), table_(table), path_(std::move(path)) {}

std::string Reader::path(std::string_view key) const { return path_.empty() ? shown(key) : path_ + "." + shown(key); }

const Node* Reader::find(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) known_.emplace_back(key);
  if (!table_) return nullptr;
  const auto it = std::ranges::find(table_->children, key, &Node::key);
  return it == table_->children.end() ? nullptr : &*it;
}

void Reader::fault(std::string_view key, Message wrong, Message right) {
  const Node* node = find(key);
  faults_->add(node ? node->at : place(), path(key), std::move(wrong), std::move(right));
}

const Node* Reader::expect(std::string_view key, Need need, Node::Kind kind, Message right) {
  const Node* node = find(key);
  if (!node) {
    if (table_ && need == Need::required)
      fault(key, {"governance.fault.missing", {{"key", path(key)}}}, std::move(right));
    return nullptr;
  }
  if (node->kind == kind) return node;
  fault(key, {"governance.fault.kind", {{"found", found(node->kind)}}}, std::move(right));
  return nullptr;
}

std::optional<std::string> Reader::proper(const Node& node, const std::string& key, Room room) {
  auto refuse = [&](Message wrong) {
    faults_->add(node.at, key, std::move(wrong), expected_text(room));
    return std::nullopt;
  };
  if (!room.lines && node.text.find('\n') != node.text.npos) return refuse({"governance.fault.lines"});
  auto text = text::clean(node.text, room.lines ? text::Lines::many : text::Lines::one);
  if (!text) return refuse(text.error().message);
  if (text->empty()) return refuse({"governance.fault.empty"});
  if (text::length(*text) > room.limit) return refuse({"governance.fault.long"});
  return std::move(*text);
}

std::string Reader::text(std::string_view key, Need need, Room room) {
  const Node* node = expect(key, need, Node::Kind::text, expected_text(room));
  return node ? proper(*node, path(key), room).value_or("") : "";
}

std::string Reader::checked(std::string_view key, Need need, bool (*check)(std::string_view), std::string_view kind,
                            std::string (*near)(std::string_view)) {
  const Message right{"governance.right." + std::string(kind)};
  const Node* node = expect(key, need, Node::Kind::text, right);
  if (!node) return {};
  if (check(node->text)) return node->text;
  const std::string meant = near ? near(node->text) : "";
  fault(key, {"governance.fault." + std::string(kind), {{"word", shown(node->text)}}},
        meant.empty() ? right : Message{"governance.right.did-you-mean", {{"word", meant}}});
  return {};
}

LocalText Reader::local(std::string_view key, Need need, Room room, std::span<const std::string> languages,
                        std::span<const std::string> spoken) {
  const Message right{"governance.right.local-text",
                      {{"languages", join(languages)}, {"limit", static_cast<std::int64_t>(room.limit)}}};
  const Node* node = find(key);
  LocalText out;
  if (!node || (node->kind != Node::Kind::text && node->kind != Node::Kind::table)) {
    expect(key, need, Node::Kind::text, right);
    return out;
  }
  if (node->kind == Node::Kind::text) {
    if (auto text = proper(*node, path(key), room); text && !languages.empty())
      out.texts.emplace_back(languages.front(), std::move(*text));
    return out;
  }
  Reader table(*faults_, node, path(key));
  auto take = [&](const std::string& language) {
    if (std::ranges::find(out.texts, language, &std::pair<std::string, std::string>::first) != out.texts.end()) return;
    if (auto text = table.text(language, Need::optional, room); !text.empty())
      out.texts.emplace_back(language, std::move(text));
  };
  if (!languages.empty() && !table.find(languages.front()))
    fault(key, {"governance.fault.language-missing", {{"language", languages.front()}}}, right);
  std::ranges::for_each(languages, take);
  std::ranges::for_each(spoken, take);
  table.finish();
  return out;
}

std::int64_t Reader::number(std::string_view key, Need need, std::int64_t from, std::int64_t to,
                            std::int64_t otherwise) {
  const Message right{"governance.right.number", {{"from", from}, {"to", to}}};
  const Node* node = expect(key, need, Node::Kind::number, right);
  if (!node) return otherwise;
  if (node->number >= from && node->number <= to) return node->number;
  fault(key, {"governance.fault.range", {{"number", node->number}}}, right);
  return otherwise;
}

bool Reader::yes(std::string_view key, bool otherwise) {
  const Node* node = expect(key, Need::optional, Node::Kind::yes_no, {"governance.right.yes-no"});
  return node ? node->yes : otherwise;
}

std::optional<Date> Reader::date(std::string_view key) {
  const Node* node = find(key);
  if (!node) return std::nullopt;
  const Message right{"governance.right.date"};
  if (node->kind == Node::Kind::date || node->kind == Node::Kind::text) {
    if (auto date = parse_date(node->text)) return date;
    fault(key, {"governance.fault.date", {{"word", shown(node->text)}}}, right);
  } else {
    fault(key, {"governance.fault.kind", {{"found", found(node->kind)}}}, right);
  }
  return std::nullopt;
}

std::size_t Reader::choice(std::string_view key, Need need, std::span<const std::string> words) {
  const Node* node = expect(key, need, Node::Kind::text, {"governance.right.one-of", {{"words", join(words)}}});
  if (!node) return 0;
  if (const auto it = std::ranges::find(words, node->text); it != words.end())
    return static_cast<std::size_t>(it - words.begin());
  fault(key, {"governance.fault.choice", {{"word", shown(node->text)}}}, suggestion(node->text, words));
  return 0;
}

std::vector<Word> Reader::words(std::string_view key, Need need, std::size_t least) {
  const Message right{"governance.right.words"};
  std::vector<Word> out;
  const Node* node = expect(key, need, Node::Kind::list, right);
  if (!node) return out;
  if (node->children.size() < least) fault(key, {"governance.fault.empty-list"}, right);
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    const Node& child = node->children[i];
    Word word{child.text, child.at, path(key) + "[" + std::to_string(i + 1) + "]"};
    if (child.kind != Node::Kind::text)
      faults_->add(word.at, word.key, {"governance.fault.kind", {{"found", found(child.kind)}}}, right);
    else if (std::ranges::find(out, word.text, &Word::text) != out.end())
      faults_->add(word.at, word.key, {"governance.fault.twice", {{"word", shown(word.text)}}},
                   {"governance.right.once"});
    else if (out.size() == 256)
      return out;  // more words than any list of the vocabulary has: each is reported as unknown already
    else
      out.push_back(std::move(word));
  }
  return out;
}

Reader Reader::table(std::string_view key, Need need) {
  return {*faults_, expect(key, need, Node::Kind::table, {"governance.right.table", {{"key", path(key)}}}), path(key)};
}

std::vector<Reader> Reader::tables(std::string_view key, std::size_t most) {
  const Message right{"governance.right.tables", {{"key", path(key)}, {"limit", static_cast<std::int64_t>(most)}}};
  std::vector<Reader> out;
  const Node* node = expect(key, Need::required, Node::Kind::list, right);
  if (!node) return out;
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    const Node& child = node->children[i];
    const std::string name = path(key) + "[" + std::to_string(i + 1) + "]";
    if (i == most) {
      faults_->add(child.at, name, {"governance.fault.too-many"}, right);
      break;
    }
    if (child.kind == Node::Kind::table)
      out.emplace_back(*faults_, &child, name);
    else
      faults_->add(child.at, name, {"governance.fault.kind", {{"found", found(child.kind)}}}, right);
  }
  return out;
}

std::vector<std::pair<Word, Reader>> Reader::named_tables() {
  std::vector<std::pair<Word, Reader>> out;
  if (!table_) return out;
  for (const auto& child : table_->children)
    out.emplace_back(Word{child.key, child.named, path(child.key)}, table(child.key, Need::required));
  return out;
}

void Reader::finish() {
  if (!table_) return;
  for (const auto& child : table_->children)
    if (std::ranges::find(known_, child.key) == known_.end())
      faults_->add(child.named, path(child.key), {"governance.fault.key", {{"key", shown(child.key)}}},
                   suggestion(child.key, known_));
}

}  // namespace polder::governance
