namespace Microsoft.ML.Trainers;

/// <summary>How dual coordinates are ascended.</summary>
/// <param name="L2">The weight of the squares of the weights.</param>
/// <param name="L1">The weight of their absolute values, relative to <paramref name="L2"/>.</param>
/// <param name="BiasRate">How much more the bias moves than a weight would.</param>
/// <param name="Tolerance">The relative gap at which to end.</param>
/// <param name="MaxPasses">The most passes over the rows.</param>
/// <param name="CheckEvery">After how many passes the gap is computed.</param>
/// <param name="Random">Draws the order of the rows; null takes them as they lie.</param>
internal sealed record SdcaSettings(float L2, float L1, float BiasRate, float Tolerance, int MaxPasses, int CheckEvery, Random? Random)
{
    private const int RowVisits = 2_000_000;
    private const int MinPasses = 10;

    // What ML.NET's models of the same data show: the more often rows are visited, the less it regularises.
    private const float Regularization = 68;

    public static float DefaultL2(int rows, int passes) => Regularization / ((float)rows * passes);

    // The more rows there are, the less another pass over them adds.
    public static int DefaultPasses(int rows) => Math.Max(MinPasses, RowVisits / rows);
}
