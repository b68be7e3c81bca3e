namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The indices of a sum of products, one letter an axis.</summary>
/// <param name="Inputs">Those of each operand.</param>
/// <param name="Output">Those of the result.</param>
internal sealed record EinsumEquation(IReadOnlyList<string> Inputs, string Output)
{
    private const string Ellipsis = "...";

    /// <summary>Reads an equation; the axes behind an ellipsis get letters that it does not use.</summary>
    public static EinsumEquation Parse(string equation, IReadOnlyList<int> ranks, int outputRank)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var terms = sides[0].Split(',');
        var free = "ZYXWVUTSRQPONMLKJIHGFEDCBA".Where(letter => !equation.Contains(letter)).ToArray();
        var output = sides.Length > 1 ? sides[1] : Implied(terms);
        return new EinsumEquation([.. terms.Select((term, i) => Spelled(term, ranks[i], free))], Spelled(output, outputRank, free));
    }

    // An ellipsis stands for the same axes wherever it is.
    private static string Spelled(string term, int rank, char[] free)
    {
        var count = rank - term.Replace(Ellipsis, "", StringComparison.Ordinal).Length;
        return term.Replace(Ellipsis, new string(free, 0, count), StringComparison.Ordinal);
    }

    // Without an arrow: the axes of the ellipsis, if there is one, and the letters that stand once, in order.
    private static string Implied(string[] terms)
    {
        var letters = string.Concat(terms).Replace(Ellipsis, "", StringComparison.Ordinal);
        var once = letters.Where(letter => letters.Count(other => other == letter) == 1).Order();
        return Ellipsis + new string([.. once]);
    }
}
