// SPDX-License-Identifier: BSL-1.0
#pragma once

/// For functions that disappear where they are called. Only where a compiler optimizes: otherwise it copies their bodies
/// without making them smaller, which takes it longer than calling them. No template can say that.
#ifdef __OPTIMIZE__
#define STEWARD_INLINED [[gnu::always_inline]]
#else
#define STEWARD_INLINED
#endif
