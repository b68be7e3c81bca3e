using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>
/// Boosting for a target domain with few labels beside a source with many (Dai and others 2007, "Boosting for transfer learning"): each round trains penalised least squares on
/// weighted rows of both; rows of the target that it gets wrong weigh more from then on, rows of the source that it gets wrong less, for they are taken to be unlike the target.
/// The second half of the rounds votes.
/// </summary>
/// <remarks>
/// With more than two classes a vote counts as Zhu and others 2009 ("Multi-class AdaBoost") have it, which for two is Dai's. Compare it with a
/// trainer on the rows of both domains, all of which count alike, and with one on the few of the target, which may do better. The model needs the domain no more.
/// </remarks>
public sealed record TrAdaBoostOptions : HeadOptions
{
    // An error of 0 would have a vote without end, and a round by chance none.
    private const double Least = 1e-3;

    /// <summary>The domain: text. Default <c>Domain</c>.</summary>
    public string DomainColumnName { get; init; } = "Domain";

    /// <summary>The domain with many labels, as the column says it; rows of any other are the target's. Default <c>source</c>.</summary>
    public string Source { get; init; } = "source";

    /// <summary>How many rounds there are. Default 20.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>The penalty of each round: the weighted sum of squared errors, for weights of mean 1, plus this times the sum of squared weights of features is minimised. Above 0. Default 1.</summary>
    public double Alpha { get; init; } = 1;

    internal override (string Column, string Source)? Domains => (DomainColumnName, Source);

    internal override HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation) => RidgeSolver.Solve(rows, Alpha, cancellation);

    internal override HeadDecision Learn(HeadRows rows, CancellationToken cancellation)
    {
        var (features, ofSource) = (rows.Features, rows.OfSource.Count(isSource => isSource));
        if (ofSource == 0 || ofSource == features.Count)
            throw new FeatureTransferException($"Column '{DomainColumnName}' says of {ofSource} of {features.Count} rows with a label that they are of the domain '{Source}'. Expected rows of it, and of another.");
        var weights = new double[features.Count];
        Array.Fill(weights, 1);
        var distrust = 1 / (1 + Math.Sqrt(2 * Math.Log(ofSource) / Rounds));
        var (members, votes) = (new List<LinearDecision>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            TensorPrimitives.Divide(weights, weights.Average(), weights);
            var learned = RidgeSolver.Solve(features, Alpha, cancellation, weights);
            bool[] wrong = [.. Enumerable.Range(0, features.Count).Select(row => TensorPrimitives.IndexOfMax<float>(learned.Logits(features.Row(row))) != features.Labels[row])];
            var odds = Odds(wrong, weights, rows.OfSource, features.Classes);
            for (var row = 0; row < wrong.Length; row++)
                weights[row] *= !wrong[row] ? 1 : rows.OfSource[row] ? distrust : odds;
            members.Add(learned);
            votes.Add(Math.Log(odds));
        }

        return new BoostedDecision([.. members.Skip(Rounds / 2)], [.. votes.Skip(Rounds / 2)]);
    }

    private protected override IEnumerable<string> Faults()
    {
        if (new[] { DomainColumnName, Source }.Any(string.IsNullOrWhiteSpace) || DomainColumnName == LabelColumnName || DomainColumnName == FeatureColumnName)
            yield return $"the domain is '{Source}' in the column '{DomainColumnName}'; expected a name, in a column of its own";
        foreach (var fault in Below(nameof(Rounds), Rounds, 1).Concat(NotPositive(nameof(Alpha), Alpha)))
            yield return fault;
    }

    // How much likelier right than wrong the round is about the target, as against chance.
    private static double Odds(bool[] wrong, double[] weights, IReadOnlyList<bool> ofSource, int classes)
    {
        var target = Enumerable.Range(0, wrong.Length).Where(row => !ofSource[row]).ToList();
        var error = target.Sum(row => wrong[row] ? weights[row] : 0) / target.Sum(row => weights[row]);
        error = Math.Clamp(error, Least, 1 - (1.0 / classes) - Least);
        return (1 - error) * (classes - 1) / error;
    }
}
