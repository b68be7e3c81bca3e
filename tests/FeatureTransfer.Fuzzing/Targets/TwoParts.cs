namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Inputs that are two files: a zero stands between them.</summary>
internal static class TwoParts
{
    public static (byte[] First, byte[] Second) Of(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)0);
        return end < 0 ? (input, []) : (input[..end], input[(end + 1)..]);
    }
}
