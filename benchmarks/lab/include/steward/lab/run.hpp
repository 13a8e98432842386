// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace steward::inline v0::lab {

/// What a lab's main does: measures what the command line says, and returns the exit status.
[[nodiscard]] int run(int argc, char** argv);

} // namespace steward::inline v0::lab
