// The files of the look, served under names that carry their hash, so that a browser keeps them for good.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kernel/html/html.h"
#include "kernel/http/server.h"

namespace polder::web {

/// The address of an asset by its plain name: "polder.css" is "/assets/polder-ed4ad248da.css".
const html::Url& asset(std::string_view name);

/// A symbol of the icon sheet.
html::Html icon(std::string_view name, std::string_view classes = "icon");

/// The answer for a path below /assets/, made once a start; nothing for what is not there.
std::shared_ptr<const http::Finished> asset_at(std::string_view path, bool gzip = false);

}  // namespace polder::web
