// A page that is one form, drawn from the description of what is read. Refused, it comes back with the reason on top,
// the faults beside the fields, and what was typed; secrets are typed again.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "people/visit.h"

namespace polder::people {

struct FormPage {
  std::string title;
  std::vector<web::Link> trail = {};
  Html words = {};                                            ///< what to know before filling it in
  Html above = {};                                            ///< what stands between the words and the form
  std::string act;                                            ///< whose words label the fields
  const fields::Field& description;                           ///< outlives the call
  std::function<Html(const fields::Drawing&)> controls = {};  ///< otherwise every field, as declared
  Url to;
  std::string button;
  std::string_view button_class = "button";
  Html after = {};
  const Refusal* other_refused = nullptr;  ///< of another form on this page
};

http::Response form_page(Visit& visit, const FormPage& page, const boost::json::object& typed = {},
                         const Refusal* refused = nullptr);

/// The description of a form that is no act itself, made once.
template <class F>
const fields::Field& description_of() {
  static const fields::Field description = fields::describe<F>();
  return description;
}

}  // namespace polder::people
