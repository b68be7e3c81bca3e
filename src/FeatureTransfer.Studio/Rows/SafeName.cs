using System.Text;

namespace FeatureTransfer.Studio.Rows;

/// <summary>Names for files that came from outside: without folders, and such as every file system takes.</summary>
internal static class SafeName
{
    private const int Longest = 100;
    private const string Refused = "<>:\"/\\|?*";
    private static readonly string[] _devices = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    /// <summary>Makes a name safe.</summary>
    /// <param name="name">What a browser called the file.</param>
    /// <returns>A name without folders, hidden beginning or characters that a system refuses; <c>file</c> where nothing is left of it.</returns>
    public static string Of(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Normalize(NormalizationForm.FormC);
        var kept = string.Concat(last.Where(sign => !char.IsControl(sign) && !char.IsSurrogate(sign) && char.GetUnicodeCategory(sign) != UnicodeCategory.Format).Select(sign => Refused.Contains(sign, StringComparison.Ordinal) ? '_' : sign));
        var ending = Path.GetExtension(kept);
        var stem = Path.GetFileNameWithoutExtension(kept).Trim(' ', '.');
        if (stem.Length == 0 || Array.Exists(_devices, device => stem.TrimEnd("0123456789".ToCharArray()).Equals(device, StringComparison.OrdinalIgnoreCase)))
            stem = $"file{(stem.Length == 0 ? "" : $"_{stem}")}";
        return stem[..Math.Min(stem.Length, Longest)].TrimEnd(' ', '.') + (ending.Length <= 10 ? ending.TrimEnd(' ', '.') : "");
    }
}
