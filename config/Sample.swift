/// `lockstep.yaml` with every key explained, embedded in code for `init --sample`.
package enum SampleResource {
    package static var configuration: [UInt8] { PackageResources.lockstep_yaml }
}
