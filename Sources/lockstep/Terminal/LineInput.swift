internal import Glibc
internal import Ground

/// What a person types, line by line, straight from a descriptor.
struct LineInput {
    private static let longest = 4096

    private let descriptor: Int32
    private let interrupted: () -> Bool

    /// `interrupted` is asked several times a second while waiting; true ends the input.
    init(descriptor: Int32, interrupted: @escaping () -> Bool = { false }) {
        self.descriptor = descriptor
        self.interrupted = interrupted
    }

    /// Without its end, and without blanks around it; nil at the end of the input or after a signal.
    func line() -> String? {
        octets().map { String(decoding: $0, as: UTF8.self).trimmingBlanks }
    }

    /// The very octets of a line without its end; nil at the end of the input or after a signal.
    func octets() -> [UInt8]? {
        var octets: [UInt8] = []
        // They may be a password: none is left behind where the array would grow.
        octets.reserveCapacity(Self.longest)
        while true {
            guard let octet = next() else {
                octets.wipe()
                return nil
            }
            if octet == UInt8(ascii: "\n") { return octets }
            if octets.count < Self.longest { octets.append(octet) }
        }
    }

    /// An octet at a time: a line more than was asked for is left to whoever reads next.
    private func next() -> UInt8? {
        while true {
            if interrupted() { return nil }
            var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = unsafe poll(&wanted, 1, 100)
            if ready == 0 || (ready < 0 && errno == EINTR) { continue }
            if ready < 0 { return nil }
            var octet: UInt8 = 0
            let count = unsafe read(descriptor, &octet, 1)
            if count == 1 { return octet }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            return nil
        }
    }
}

extension String {
    /// Without blanks, tabs and carriage returns at either end.
    fileprivate var trimmingBlanks: String {
        let isBlank = { (character: Character) in
            character == " " || character == "\t" || character == "\r"
        }
        let start = drop(while: isBlank)
        return String(start.reversed().drop(while: isBlank).reversed())
    }
}
