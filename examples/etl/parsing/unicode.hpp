// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "parsing/shape.hpp"

namespace etl {

/// The shape of UnicodeData.txt, the main file of the Unicode Character Database: 15 fields behind semicolons, as
/// Unicode Standard Annex #44 describes them. The first and the last row of a range ("<Hangul Syllable, First>") are
/// rows like others.
[[nodiscard]] shape unicode_shape();

} // namespace etl
