#include "formats/law/builder.h"

#include <algorithm>
#include <iterator>

#include "kernel/base/encode.h"

namespace polder::law {
namespace {

Division division_of(std::string_view kind, std::string_view eid = {}) {
  Division made;
  made.kind = kind;
  made.eid = eid;
  return made;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void join(Inlines& to, Inlines more) {
  if (!to.empty() && !more.empty()) to.push_back({.kind = Inline::Kind::line_break});
  std::ranges::move(more, std::back_inserter(to));
}

std::string one_line(const Inlines& words) {
  std::string line = plain_text(words);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

Inlines flatten(const Division& division);

/// A block as one run of inlines, for places that hold no blocks: notes, headings, captions.
struct Flatten {
  Inlines operator()(const Paragraph& p) const { return p.words; }
  Inlines operator()(const List& list) const {
    Inlines out;
    for (const Item& item : list.items) {
      Division entry;
      entry.number = item.number;
      entry.content = item.content;
      join(out, flatten(entry));
    }
    return out;
  }
  Inlines operator()(const Table& table) const {
    Inlines out = table.caption;
    for (const auto& row : table.rows) {
      for (const Cell& cell : row) {
        Division entry;
        entry.content = cell.content;
        join(out, flatten(entry));
      }
    }
    return out;
  }
  Inlines operator()(const Quoted& quoted) const {
    Inlines out;
    if (!quoted.open.empty()) out.push_back({.text = quoted.open});
    for (const Division& d : quoted.divisions) join(out, flatten(d));
    if (!quoted.close.empty()) out.push_back({.text = quoted.close});
    return out;
  }
};

Inlines flatten(const Division& division) {
  Inlines out;
  const bool alone = division.heading.empty() && division.content.empty();
  if (!division.number.empty()) out.push_back({.text = division.number + (alone ? "" : " ")});
  std::ranges::copy(division.heading, std::back_inserter(out));
  bool first = division.heading.empty();
  for (const Block& block : division.content) {
    Inlines more = std::visit(Flatten{}, block.value);
    if (first)
      std::ranges::move(more, std::back_inserter(out));
    else
      join(out, std::move(more));
    first = false;
  }
  for (const Division& child : division.children) join(out, flatten(child));
  return out;
}

/// The state of collapsing white space along a paragraph.
struct Collapse {
  bool at_space = true;
  std::string* last_space = nullptr;

  void trim() {
    if (at_space && last_space) last_space->pop_back();
    last_space = nullptr;
  }
  void leaf(std::string& text) {
    std::size_t kept = 0;
    last_space = at_space ? last_space : nullptr;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      if (is_space(text[i]) || c < 0x20 || c == 0x7f) {
        if (at_space) continue;
        at_space = true;
        text[kept++] = ' ';
        last_space = &text;
      } else if (text.compare(i, 3, "\u202d") == 0 || text.compare(i, 3, "\u202e") == 0 ||
                 text.compare(i, 3, "\ufeff") == 0 || text.compare(i, 3, "\uffff") == 0 ||
                 text.compare(i, 3, "\ufffe") == 0) {
        i +=
            2;  // overrides of direction, byte order marks, and the two that XML forbids: seen by nobody, or misleading
      } else {
        text[kept++] = text[i];
        at_space = false;
        last_space = nullptr;
      }
    }
    text.resize(kept);
  }
  void walk(Inlines& words) {
    for (Inline& i : words) {
      if (i.kind == Inline::Kind::text) {
        leaf(i.text);
      } else if (i.kind == Inline::Kind::line_break) {
        trim();
        at_space = true;
      } else if (i.kind != Inline::Kind::footnote) {
        walk(i.children);
      }
    }
  }
};

bool is_break(const Inline& i) { return i.kind == Inline::Kind::line_break; }

void prune(Inlines& words) {
  Inlines kept;
  for (Inline& i : words) {
    if (i.kind != Inline::Kind::text && i.kind != Inline::Kind::footnote) prune(i.children);
    const bool empty = i.kind == Inline::Kind::text ? i.text.empty() : i.children.empty() && !is_break(i);
    if (empty && !(i.kind == Inline::Kind::footnote && !i.text.empty())) continue;
    if (i.kind == Inline::Kind::text && !kept.empty() && kept.back().kind == Inline::Kind::text)
      kept.back().text += i.text;
    else
      kept.push_back(std::move(i));
  }
  words = std::move(kept);
}

void append_part(Division& to, Division part) {
  if (to.children.empty()) {
    std::ranges::move(part.content, std::back_inserter(to.content));
  } else if (!part.content.empty()) {
    to.children.push_back(division_of("text"));
    to.children.back().content = std::move(part.content);
  }
  std::ranges::move(part.children, std::back_inserter(to.children));
}

Inlines strong(Inlines words) {
  Inlines out(1, {.kind = Inline::Kind::strong});
  out.front().children = std::move(words);
  return out;
}

}  // namespace

bool normalise(Inlines& words) {
  Collapse collapse;
  collapse.walk(words);
  collapse.trim();
  prune(words);
  words.erase(words.begin(), std::ranges::find_if_not(words, is_break));
  while (!words.empty() && is_break(words.back())) words.pop_back();
  return !words.empty();
}

std::string uri_reference(std::string_view target) {
  static constexpr std::string_view marks = "-._~:/?#@!$&'()*+,;=%";
  std::string out;
  for (const char c : target) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.contains(c);
    if (plain)
      out += c;
    else
      out += percent(std::string_view(&c, 1));
  }
  return out.empty() ? "#" : out;
}

Builder::Open& Builder::top() { return frames_.back(); }

void Builder::count(std::size_t bytes) {
  bytes_ += bytes;
  if (++nodes_ > limits_.nodes || bytes_ > 2 * limits_.bytes)
    fault_ = Message{"law.too-many-parts", {{"limit", std::int64_t(limits_.nodes)}}};
}

Inlines& Builder::words() {
  Flow& flow = top().flow;
  return flow.open.empty() ? flow.words : flow.open.back().children;
}

void Builder::flush(Open& frame) {
  Flow& flow = frame.flow;
  std::vector<Inline> again;
  for (const Inline& i : flow.open) again.push_back({.kind = i.kind, .target = i.target});
  while (!flow.open.empty()) {
    Inline done = std::move(flow.open.back());
    flow.open.pop_back();
    (flow.open.empty() ? flow.words : flow.open.back().children).push_back(std::move(done));
  }
  Inlines finished = std::move(flow.words);
  flow = {.words = {}, .open = std::move(again)};
  if (finished.empty() || !normalise(finished)) return;
  count();
  add(frame, Block{Paragraph{std::move(finished)}});
}

void Builder::open(Open frame) {
  if (frame.frame != Frame::footnote) flush(top());
  count();
  frames_.push_back(std::move(frame));
}

bool Builder::takes_divisions(const Open& frame) const {
  return frame.frame == Frame::base || frame.frame == Frame::part || frame.frame == Frame::attachment ||
         frame.frame == Frame::division || frame.frame == Frame::quoted;
}

void Builder::add(Open& to, Block block) {
  to.loose_list = false;
  if (to.frame == Frame::table) return join(to.table.caption, std::visit(Flatten{}, block.value));
  Division& division = to.division;
  if (division.children.empty()) return division.content.push_back(std::move(block));
  if (division.children.back().kind != "text") division.children.push_back(division_of("text"));
  division.children.back().content.push_back(std::move(block));
}

void Builder::add(Open& to, Division child) {
  to.loose_list = false;
  const bool bare = child.kind == "text" && child.number.empty() && child.heading.empty() && child.children.empty();
  if (bare && to.division.children.empty())
    std::ranges::move(child.content, std::back_inserter(to.division.content));
  else
    to.division.children.push_back(std::move(child));
}

void Builder::add(Open& to, Item item) {
  if (!to.loose_list) add(to, Block{List{}});
  if (to.frame == Frame::table)
    return join(to.table.caption, std::visit(Flatten{}, Block{List{{std::move(item)}}}.value));
  auto& blocks = to.division.children.empty() ? to.division.content : to.division.children.back().content;
  std::get<List>(blocks.back().value).items.push_back(std::move(item));
  to.loose_list = true;
}

void Builder::open_document(std::string_view kind) {
  documents_.push_back({.document = {.kind = std::string(kind)}});
  current_.push_back(documents_.size() - 1);
  frames_.push_back({.frame = Frame::base});
  count();
}

void Builder::close_document() {
  flush(top());
  append_part(documents_[current_.back()].document.conclusions, std::move(top().division));
  frames_.pop_back();
  current_.pop_back();
}

void Builder::open_part(Part part) { open({.frame = Frame::part, .part = part}); }
void Builder::open_number() { open({.frame = Frame::number}); }
void Builder::open_heading() { open({.frame = Frame::heading}); }
void Builder::open_table() { open({.frame = Frame::table}); }
void Builder::open_caption() { open({.frame = Frame::caption}); }

void Builder::open_attachment(std::string_view kind, std::string_view eid) {
  if (in_division()) return open_division(kind, eid);
  open({.frame = Frame::attachment, .division = division_of(kind, eid)});
}

void Builder::open_division(std::string_view kind, std::string_view eid) {
  if (!takes_divisions(top())) return open_item(eid);
  open({.frame = Frame::division, .division = division_of(kind, eid)});
}

void Builder::open_quoted(std::string_view begin, std::string_view end) {
  open({.frame = Frame::quoted});
  top().quoted.open = begin;
  top().quoted.close = end;
}

void Builder::open_item(std::string_view eid) { open({.frame = Frame::item, .division = division_of("item", eid)}); }

void Builder::open_cell(bool header, int columns, int rows) {
  open({.frame = Frame::cell});
  top().cell.header = header;
  top().cell.columns = std::clamp(columns, 1, 100);
  top().cell.rows = std::clamp(rows, 1, 100);
}

void Builder::open_footnote(std::string_view mark) {
  open({.frame = Frame::footnote});
  top().division.number = mark;
}

void Builder::open_note(std::string_view id) { open({.frame = Frame::note, .division = division_of("note", id)}); }

void Builder::cite_note(std::string_view id, std::string_view mark) {
  const auto note = notes_.find(id);
  if (note == notes_.end()) return text(mark);
  Inline call = note->second;
  if (call.text.empty()) call.text = mark;
  count(plain_text(call.children).size());
  words().push_back(std::move(call));
}

void Builder::close() {
  flush(top());
  Open done = std::move(top());
  frames_.pop_back();
  Open& parent = top();
  Division& division = done.division;
  const bool untouched = parent.division.content.empty() && parent.division.children.empty();
  switch (done.frame) {
    case Frame::base:
      return;
    case Frame::part: {
      Document& document = documents_[current_.back()].document;
      Division* parts[] = {&document.preface, &document.preamble, &document.body, &document.conclusions};
      return append_part(*parts[std::size_t(done.part)], std::move(division));
    }
    case Frame::attachment:
      if (!division.empty()) documents_[current_.back()].document.attachments.push_back(std::move(division));
      return;
    case Frame::division:
      if (!division.empty() || !division.eid.empty()) add(parent, std::move(division));
      return;
    case Frame::number: {
      Inlines words = flatten(division);
      const bool numbered = parent.frame == Frame::division || parent.frame == Frame::attachment ||
                            parent.frame == Frame::item || parent.frame == Frame::footnote ||
                            parent.frame == Frame::note;
      if (words.empty()) return;
      if (!numbered || !untouched) return add(parent, Block{Paragraph{std::move(words)}});
      std::string& number = parent.division.number;
      number += (number.empty() ? "" : " ") + one_line(words);
      return;
    }
    case Frame::heading: {
      Inlines words = flatten(division);
      if (words.empty()) return;
      if ((parent.frame == Frame::division || parent.frame == Frame::attachment) && untouched)
        return join(parent.division.heading, std::move(words));
      return add(parent, Block{Paragraph{strong(std::move(words))}});
    }
    case Frame::quoted:
      if (!division.content.empty()) {
        done.quoted.divisions.push_back(division_of("text"));
        done.quoted.divisions.back().content = std::move(division.content);
      }
      std::ranges::move(division.children, std::back_inserter(done.quoted.divisions));
      if (!done.quoted.divisions.empty()) add(parent, Block{std::move(done.quoted)});
      return;
    case Frame::item: {
      Item item{std::move(division.eid), std::move(division.number), std::move(division.content)};
      if (item.number.empty() && item.content.empty()) return;
      return add(parent, std::move(item));
    }
    case Frame::table: {
      Table& table = done.table;
      std::erase_if(table.rows, [](const auto& row) { return row.empty(); });
      if (!table.rows.empty())
        add(parent, Block{std::move(table)});
      else if (!table.caption.empty())
        add(parent, Block{Paragraph{std::move(table.caption)}});
      return;
    }
    case Frame::caption: {
      Inlines words = flatten(division);
      if (parent.frame == Frame::table)
        join(parent.table.caption, std::move(words));
      else if (!words.empty())
        add(parent, Block{Paragraph{std::move(words)}});
      return;
    }
    case Frame::cell:
      if (parent.frame == Frame::table) {
        if (parent.table.rows.empty()) parent.table.rows.emplace_back();
        done.cell.content = std::move(division.content);
        parent.table.rows.back().push_back(std::move(done.cell));
      } else {
        for (Block& block : division.content) add(parent, std::move(block));
      }
      return;
    case Frame::footnote:
    case Frame::note: {
      Inline note{.kind = Inline::Kind::footnote, .text = std::exchange(division.number, {})};
      note.children = flatten(division);
      if (done.frame == Frame::note)
        notes_.emplace(division.eid, std::move(note));
      else
        words().push_back(std::move(note));
      return;
    }
  }
}

void Builder::list() {
  flush(top());
  top().loose_list = false;
}

void Builder::row() {
  flush(top());
  if (top().frame == Frame::table) top().table.rows.emplace_back();
}

void Builder::text(std::string_view more) {
  if (more.empty()) return;
  Inlines& line = words();
  if (line.empty() || line.back().kind != Inline::Kind::text) {
    count();
    line.emplace_back();
  }
  bytes_ += more.size();
  line.back().text += more;
}

void Builder::open_inline(Inline::Kind kind, std::string_view target) {
  count(target.size());
  // XML bounds its elements itself; emphasis in Markdown is bounded only here.
  if (top().flow.open.size() >= limits_.depth)
    fault_ = Message{"law.too-nested", {{"limit", std::int64_t(limits_.depth)}}};
  if (target.size() > 2'000) target = {};
  top().flow.open.push_back({.kind = kind, .target = target.empty() ? std::string{} : uri_reference(target)});
}

void Builder::close_inline() {
  Flow& flow = top().flow;
  Inline done = std::move(flow.open.back());
  flow.open.pop_back();
  if (!done.children.empty()) words().push_back(std::move(done));
}

void Builder::line_break() {
  count();
  words().push_back({.kind = Inline::Kind::line_break});
}

void Builder::word() { text(" "); }
void Builder::paragraph() { flush(top()); }

void Builder::title(std::string_view words, int rank) {
  if (current_.empty()) return;
  Draft& part = documents_[current_.back()];
  Inlines line(1, {.text = std::string(words)});
  if (rank <= part.title_rank || !normalise(line)) return;
  part.document.title = line.front().text;
  part.title_rank = rank;
}

void Builder::kind(std::string_view word) {
  if (!current_.empty()) documents_[current_.back()].document.kind = word;
}

void Builder::language(std::string_view tag) {
  if (!current_.empty()) documents_[current_.back()].document.language = tag;
}

void Builder::identifier(std::string_view scheme, std::string_view value) {
  if (current_.empty() || value.size() > 1'000) return;
  Inlines line(1, {.text = std::string(value)});
  auto& all = documents_[current_.back()].document.identifiers;
  if (!normalise(line) || all.size() >= 100) return;
  Identifier id{std::string(scheme), line.front().text};
  if (std::ranges::find(all, id) == all.end()) all.push_back(std::move(id));
}

bool Builder::in_division() const {
  const Frame frame = frames_.empty() ? Frame::base : frames_.back().frame;
  return frame != Frame::base && frame != Frame::part;
}

bool Builder::in_body() const {
  return !frames_.empty() && frames_.back().frame == Frame::part && frames_.back().part == Part::body;
}

Result<Document> Builder::finish(Format format) {
  const auto is = [](auto... kinds) { return [=](const Draft& p) { return ((p.document.kind == kinds) || ...); }; };
  auto main = std::ranges::find_if(documents_, is("bill", "act"));
  if (main == documents_.end())
    main = std::ranges::find_if(documents_, [](const Draft& p) { return !p.document.body.empty(); });
  if (main == documents_.end()) return refuse(Why::invalid, {"law.no-document"});

  Document document = std::move(main->document);
  for (auto other = documents_.begin(); other != documents_.end(); ++other) {
    if (other == main) continue;
    Document& more = other->document;
    if (is("documentCollection", "officialGazette")(*other) && other < main) {
      append_part(more.preface, std::exchange(document.preface, {}));
      document.preface = std::exchange(more.preface, {});
      if (!more.title.empty()) document.title = more.title;
      if (document.language == "und") document.language = more.language;
      for (Identifier& id : more.identifiers) {
        if (id.scheme == "work")
          document.identifiers.push_back({"collection", std::move(id.value)});
        else if (id.scheme != "expression")
          document.identifiers.push_back(std::move(id));
      }
    }
    Division attachment = division_of("attachment");
    const bool said = plain_text(more.preface) == more.title;
    for (Division* part : {said ? nullptr : &more.preface, &more.preamble, &more.body, &more.conclusions})
      if (part) append_part(attachment, std::move(*part));
    if (!attachment.empty()) {
      if (!more.title.empty()) attachment.heading.push_back({.text = more.title});
      document.attachments.push_back(std::move(attachment));
    }
    std::ranges::move(more.attachments, std::back_inserter(document.attachments));
  }
  if (document.preface.empty() && document.preamble.empty() && document.body.empty() && document.attachments.empty())
    return refuse(Why::invalid, {"law.no-document"});
  document.format = format;
  if (document.title.empty()) {
    if (!document.body.children.empty()) document.title = label(document.body.children.front());
    if (document.title.empty() && !document.identifiers.empty()) document.title = document.identifiers.front().value;
  }
  return document;
}

}  // namespace polder::law
