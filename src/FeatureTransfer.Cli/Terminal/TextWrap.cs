namespace FeatureTransfer.Cli.Terminal;

/// <summary>Breaks text into lines.</summary>
internal static class TextWrap
{
    /// <summary>The lines: broken at spaces, in a longer path behind a separator, else where the line is full.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The longest line, 1 or more.</param>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        while (text.Length > width)
        {
            var end = text.LastIndexOf(' ', width);
            if (end <= 0)
                end = text.LastIndexOfAny(['/', '\\'], width - 1) + 1;
            if (end <= 0)
                end = width;
            lines.Add(text[..end].TrimEnd());
            text = text[end..].TrimStart();
        }

        lines.Add(text);
        return lines;
    }
}
