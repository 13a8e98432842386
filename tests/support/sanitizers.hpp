// SPDX-License-Identifier: BSL-1.0
#pragma once

// GCC and Clang say in different ways that they build for a sanitizer.
#if defined(__SANITIZE_ADDRESS__)
#define STEWARD_TEST_SANITIZES_ADDRESSES
#endif
#if defined(__SANITIZE_THREAD__)
#define STEWARD_TEST_SANITIZES_THREADS
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STEWARD_TEST_SANITIZES_ADDRESSES
#endif
#if __has_feature(thread_sanitizer)
#define STEWARD_TEST_SANITIZES_THREADS
#endif
#endif
