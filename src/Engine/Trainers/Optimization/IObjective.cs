namespace Microsoft.ML.Trainers;

/// <summary>A function to minimise, with its gradient.</summary>
internal interface IObjective
{
    int Size { get; }

    /// <summary>Gives the value at <paramref name="x"/> and writes the gradient.</summary>
    double Evaluate(ReadOnlySpan<double> x, Span<double> gradient);
}
