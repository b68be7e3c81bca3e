namespace FeatureTransfer.Inputs.Audio;

/// <summary>The pages of one stream in an Ogg file.</summary>
/// <param name="Pages">The whole pages, one behind the other.</param>
/// <param name="Before">The last position that a page before the last one tells; 0 where none does.</param>
/// <param name="End">The position at which the sound ends; the largest number where the last page tells none.</param>
internal readonly record struct OggStream(ReadOnlyMemory<byte> Pages, long Before, long End);
