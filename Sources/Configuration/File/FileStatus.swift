/// What the kernel says of an open file.
struct FileStatus {
    let isRegular: Bool
    let owner: UInt32
    /// The lower twelve bits of the mode.
    let permissions: UInt32

    /// As `ls` and `chmod` have it: `0644`.
    var mode: String {
        let digits = String(permissions, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
