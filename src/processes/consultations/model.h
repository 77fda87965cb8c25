// What a consultation is made of.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "kernel/base/id.h"
#include "kernel/base/time.h"

namespace polder::consultations {

/// The phases, in their only order. "closed" is the time in which the operator answers.
enum class Phase { draft, announced, open, closed, answered };
BOOST_DESCRIBE_ENUM(Phase, draft, announced, open, closed, answered)

/// Whom a response is for. The values are stored.
enum class Shown { public_name, public_anonymous, officials };
BOOST_DESCRIBE_ENUM(Shown, public_name, public_anonymous, officials)

/// What became of a response. The values are stored.
enum class State { there, hidden, withdrawn };
BOOST_DESCRIBE_ENUM(State, there, hidden, withdrawn)

/// What an answer says happened. The values are stored.
enum class Outcome { changed, kept, elsewhere };
BOOST_DESCRIBE_ENUM(Outcome, changed, kept, elsewhere)

struct Consultation {
  Id id{}, platform{};
  std::string slug;
  Phase phase = Phase::draft;  ///< as stored; rules.h says what it is at a moment
  std::string language, title, summary, can_change, cannot_change;
  std::string note;  ///< the explanatory note, Markdown
  Time opens_at, closes_at, made_at;
  std::optional<Time> published_at;
  Time answer_by;
  std::optional<std::string> report;  ///< Markdown
  std::optional<Time> reported_at;
  /// Kept at write time: all that came in; those to show; those an answer is owed to; of these, those that have one.
  std::int64_t responses = 0, shown = 0, answerable = 0, answered = 0, remarks = 0;
};

struct Question {
  std::int64_t number = 0;
  std::string words;
  std::int64_t responses = 0;
};

struct Draft {
  std::string file_name, sha256, format, title, language;
  std::string document;  ///< law::to_json
};

struct ArticleRow {
  std::int64_t position = 0;
  std::string eid, label;
  std::int64_t remarks = 0;
};

struct Part {
  std::int64_t question = 0;  ///< 0: about an article
  std::string article;        ///< eid; empty: an answer to a question
  std::string quote;          ///< the words of the article it is about; may be empty
  std::string words;
};

struct Response {
  Id id{}, consultation{};
  std::int64_t number = 0;
  Id person{};  ///< zero after erasure
  std::string name, on_behalf, language;
  Shown visibility = Shown::public_name;
  State state = State::there;
  std::int64_t answers = 0;
  Id act{};
  Time made_at;
  std::vector<Part> parts = {};
};

struct Answer {
  Id id{}, consultation{};
  std::string article;  ///< eid; empty: about the whole
  Outcome outcome = Outcome::kept;
  std::string words;
  std::int64_t responses = 0;
  Time made_at;
};

}  // namespace polder::consultations
