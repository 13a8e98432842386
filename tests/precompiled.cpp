// SPDX-License-Identifier: BSL-1.0
//
// Nothing: CMake precompiles headers for a target that compiles something.
