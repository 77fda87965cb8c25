// What the demonstration says: three consultations of a ministry that does not exist, written for this program, and the
// people who answer them, none of whom exist either. Content only; demo.cpp makes acts of it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "kernel/i18n/language.h"

namespace polder::app::demo {

/// One thing said: to a question, or about an article (by its number in the draft, from 1).
struct Saying {
  int question = 0;
  int article = 0;
  std::string_view quote = {};
  std::string_view words;
};

struct Speaker {
  std::string_view name;
  std::string_view on_behalf = {};
  std::string_view visibility = "public-name";
  i18n::Language language = i18n::Language::en;
  std::vector<Saying> says;
  int answer = -1;  ///< which of the consultation's answers it gets; none: -1
};

struct Reply {
  int article = 0;  ///< 0: about the draft as a whole
  std::string_view outcome;
  std::string_view words;
};

/// What a response beyond the written ones is put together from: who speaks, what they see, what they want.
struct Wish {
  std::string_view words;
  int answer = -1;
};
struct Pool {
  std::vector<std::string_view> first_names, last_names, organisations;
  std::vector<std::string_view> who, sees;
  std::vector<Wish> wants;
  std::vector<std::string_view> second;  ///< to the second question
  std::vector<Saying> remarks;
};

struct Consultation {
  i18n::Language language;
  std::string_view title, summary, can_change, cannot_change, file_name, law, note;
  std::vector<std::string_view> questions;
  std::vector<Speaker> speakers = {};
  std::vector<Reply> replies = {};
  std::string_view report = {};
  Pool pool = {};
};

const Consultation& ground_water();  ///< open, in English
const Consultation& rain_water();    ///< announced, in Dutch
const Consultation& stream_banks();  ///< answered, in German

}  // namespace polder::app::demo
