namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>A reader of what comes from outside.</summary>
internal interface IFuzzTarget
{
    /// <summary>What <c>--fuzz</c> calls it, and the folder of its corpus.</summary>
    string Name { get; }

    /// <summary>Reads an input to its end. Throws <see cref="FeatureTransferException"/> where it is refused; whatever else is thrown is a finding.</summary>
    void Read(byte[] input);
}
