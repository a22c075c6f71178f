package import Configuration
internal import Glibc

/// Whether the programs of receivers may be run: looked at when a command starts that would call them, and
/// again when they are called.
package enum ReceiverCheck {
    /// Refused where one of them may not; `owner`: whose the store is.
    package static func require(
        _ receivers: [ReceiverSettings], owner: UInt32
    ) throws(Refusal) {
        for receiver in receivers {
            if let why = refusal(of: receiver, owner: owner) {
                throw Refusal(
                    .configuration, "\(receiver.key): \(why)",
                    hint: "lockstep check looks at all of them.")
            }
        }
    }

    package static func lines(_ receivers: [ReceiverSettings], owner: UInt32) -> [CheckLine] {
        receivers.map { receiver in
            let verdict =
                refusal(of: receiver, owner: owner).map {
                    CheckVerdict.failed("\(receiver.key): \($0)")
                }
                ?? .ok(
                    "\(receiver.key): \(receiver.program) can be run, and nobody but root and the "
                        + "store's owner can change it")
            return CheckLine(.receivers, verdict)
        }
    }

    private static func refusal(of receiver: ReceiverSettings, owner: UInt32) -> String? {
        do throws(ProgramRefusal) {
            _ = try ProgramFile(receiver.program, owner: owner)
            return nil
        } catch {
            return error.description
        }
    }
}
