using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>
/// How SentencePiece normalizes characters: the longest piece of text that has a rule is replaced. The rules lie in a double array
/// (Aoe, 1989), behind it the replacements, each with a zero at its end.
/// </summary>
internal sealed class CharsMap
{
    private readonly uint[] _units;
    private readonly byte[] _texts;

    /// <summary>Reads a map.</summary>
    /// <param name="content">The map, as a model of SentencePiece has it.</param>
    /// <exception cref="InvalidDataException">The content is no such map.</exception>
    public CharsMap(ReadOnlySpan<byte> content)
    {
        var size = content.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(content);
        if (size == 0 || size % sizeof(uint) != 0 || size > content.Length - sizeof(uint))
            throw new InvalidDataException("its map of characters is damaged.");
        _units = MemoryMarshal.Cast<byte, uint>(content.Slice(sizeof(uint), (int)size)).ToArray();
        _texts = content[(sizeof(uint) + (int)size)..].ToArray();
        if (_texts is not ([] or [.., 0]))
            throw new InvalidDataException("its map of characters ends within a replacement.");
    }

    /// <summary>The text with its characters replaced.</summary>
    public string Apply(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        var output = new ArrayBufferWriter<byte>(bytes.Length + 1);
        while (!bytes.IsEmpty)
        {
            var length = Longest(bytes, out var replacement);
            if (length > 0)
                output.Write(replacement);
            else if (Rune.DecodeFromUtf8(bytes, out _, out length) == OperationStatus.Done)
                output.Write(bytes[..length]);
            bytes = bytes[length..];
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    // In a damaged map a unit may lead out of the array: behind it there is no rule.
    private int Longest(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        var (longest, node) = (0, Offset(_units[0]));
        replacement = default;
        for (var i = 0; i < text.Length; i++)
        {
            node ^= text[i];
            if (node >= _units.Length || Label(_units[node]) != text[i])
                break;
            var hasRule = (_units[node] & 0x100) != 0;
            node ^= Offset(_units[node]);
            if (node >= _units.Length)
                break;
            if (hasRule && (_units[node] & int.MaxValue) is var place && place < _texts.Length)
            {
                var rest = _texts.AsSpan((int)place);
                replacement = rest[..rest.IndexOf((byte)0)];
                longest = i + 1;
            }
        }

        return longest;
    }

    private static uint Label(uint unit) => unit & 0x800000FF;

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
