using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Extraction;

/// <summary>Reads input files.</summary>
internal static class InputFile
{
    /// <summary>The bytes of a file.</summary>
    /// <exception cref="BadInputException">The path is empty, or the file is missing or cannot be read.</exception>
    public static ReadOnlyMemory<byte> Read(string path) =>
        path.Length > 0 ? ImageFile.ReadAllBytes(path) : throw new BadInputException("(empty path)", "the row has no path");
}
