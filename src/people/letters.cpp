#include "people/letters.h"

#include "kernel/text/text.h"

namespace polder::people {

Done send(const House& house, storage::WriteTx& tx, const i18n::Voice& t, const Letter& letter) {
  mail::Mail out{.to = letter.to,
                 .subject = text::excerpt(t(letter.subject), 150),
                 .text = {},
                 .language = std::string(i18n::code(t.language())),
                 .kind = letter.kind,
                 .attachments = letter.attachments};
  for (const auto& paragraph : letter.paragraphs) out.text += t(paragraph) + "\n\n";
  out.text += letter.from.empty() ? server_name(house) : letter.from;
  out.text += '\n';
  if (auto sent = house.outbox.send(tx, out); !sent) return std::unexpected(std::move(sent).error());
  return {};
}

std::string address_of(const House& house, std::string_view path) {
  return house.settings.base_url + std::string(path);
}

std::string address_of(const House& house, const governance::Platform& platform, std::string_view path) {
  const std::string& base = house.settings.base_url;
  std::string out = base + '/';
  if (!platform.charter.host.empty())
    out = base.substr(0, base.find("://")) + "://" + platform.charter.host + '/';
  else if (platform.id != record::server_platform)
    out += platform.slug + '/';
  out += path;
  return out;
}

std::string server_name(const House& house) {
  const std::string_view url = house.settings.base_url;
  const auto scheme = url.find("://");
  return std::string(scheme == url.npos ? url : url.substr(scheme + 3));
}

std::string masked(std::string_view email) {
  const auto at = email.rfind('@');
  if (at == email.npos || at == 0) return "…";
  std::size_t first = 1;
  while (first < at && (static_cast<unsigned char>(email[first]) & 0xC0U) == 0x80U) ++first;
  return std::string(email.substr(0, first)) + "…" + std::string(email.substr(at));
}

}  // namespace polder::people
