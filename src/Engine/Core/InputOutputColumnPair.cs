namespace Microsoft.ML;

/// <summary>An output column and the input column that it is made from.</summary>
public sealed class InputOutputColumnPair
{
    public InputOutputColumnPair(string outputColumnName, string? inputColumnName = null)
    {
        Check.Name(outputColumnName, nameof(outputColumnName));
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
    }

    public string InputColumnName { get; }

    public string OutputColumnName { get; }

    internal static (string Output, string Input)[] Pairs(InputOutputColumnPair[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0)
            throw new ArgumentOutOfRangeException(nameof(columns), "At least one pair of columns is needed.");
        return [.. columns.Select(c => (c.OutputColumnName, c.InputColumnName))];
    }
}
