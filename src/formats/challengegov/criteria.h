// The criteria of judging and their weights, found among the words about it.
#pragma once

#include <vector>

#include "formats/challengegov/challengegov.h"
#include "formats/challengegov/html.h"

namespace polder::challengegov {

/// A short block of its own that names what follows: a heading, or a paragraph in bold.
bool is_title(const Block& block);

/// "(20%)", "(10 points)", "(0-10 points)", "25 Points: …", "… Maximum points: 5", a table's last column "10%". Bold
/// titles with a weight are the criteria where there are some, and items their parts; else items are. Rows always are.
std::vector<Criterion> criteria(const std::vector<Block>& blocks);

}  // namespace polder::challengegov
