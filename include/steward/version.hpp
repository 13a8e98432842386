// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Which steward this is, for the preprocessor: the one place that says it. CMake and Conan read it here.
///
/// `STEWARD_VERSION` grows with each version: 10,000 times the major one, 100 times the minor one, and the patch.
///
///     #if STEWARD_VERSION >= 200 // 0.2
///
/// All names are in the inline namespace of the major version, `steward::v0`, so that two versions whose interfaces do not go
/// together cannot be mixed in one program without the linker's noticing. A program writes `steward::`.
#define STEWARD_VERSION_MAJOR 0
#define STEWARD_VERSION_MINOR 1
#define STEWARD_VERSION_PATCH 0
#define STEWARD_VERSION (STEWARD_VERSION_MAJOR * 10'000 + STEWARD_VERSION_MINOR * 100 + STEWARD_VERSION_PATCH)
