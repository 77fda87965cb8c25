#include "people/form_page.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

http::Response form_page(Visit& visit, const FormPage& page, const boost::json::object& typed, const Refusal* refused) {
  static const std::vector<FieldError> none;
  const fields::Drawing drawing(visit.t, page.act, page.description, typed,
                                refused != nullptr ? refused->fields : none);
  const Html controls = page.controls ? page.controls(drawing) : drawing.all();
  Html reason;
  if (refused != nullptr && refused->fields.empty())
    reason = web::notice(web::Tone::bad, p(visit.t(refused->message)), true);
  const Html form = visit.form(page.to, reason + drawing.summary() + controls, page.button, false, page.button_class);
  const Refusal* bad = refused != nullptr ? refused : page.other_refused;
  auto response = visit.page(
      {.title = page.title,
       .main = div(cls("stack loose"), web::lead(web::crumbs(visit.t, page.trail), page.title, page.words, {}),
                   page.above, form, page.after),
       .status = bad == nullptr ? 200 : http_status(bad->why),
       .error = bad != nullptr});
  if (refused != nullptr && refused->retry_after_s > 0)
    response.headers.emplace_back("retry-after", std::to_string(refused->retry_after_s));
  return response;
}

}  // namespace polder::people
