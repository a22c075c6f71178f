internal import Glibc

extension [UInt8] {
    /// Overwrites every octet: a password is not left in memory that is free.
    ///
    /// explicit_bzero(3): an ordinary loop before the end of a variable's life may be optimized away.
    package mutating func wipe() {
        unsafe withUnsafeMutableBytes { octets in
            guard let start = octets.baseAddress else { return }
            unsafe explicit_bzero(start, octets.count)
        }
    }
}
