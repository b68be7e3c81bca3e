using System.Text.Json;

namespace FeatureTransfer.Benchmarks.FineTuning;

/// <summary>What a chain gave on one fold.</summary>
/// <param name="Chain">The chain's name.</param>
/// <param name="Key">The hash of its pipeline.</param>
/// <param name="Seed">The seed of folds and training.</param>
/// <param name="Folds">The number of folds.</param>
/// <param name="Fold">Which of them, from 0.</param>
/// <param name="Rows">The rows that were judged.</param>
/// <param name="Right">Whether each is right.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record FoldOutcome(string Chain, string Key, int Seed, int Folds, int Fold, int[] Rows, bool[] Right, double Seconds)
{
    public double Accuracy => Right.Count(right => right) / (double)Right.Length;
}

/// <summary>Keeps the outcomes of folds, one a line, so that a long comparison may be stopped and taken up again.</summary>
internal sealed class OutcomeFile
{
    private readonly string _path;
    private readonly List<FoldOutcome> _outcomes = [];

    public OutcomeFile(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(path))
            _outcomes.AddRange(File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<FoldOutcome>(line)!));
    }

    /// <summary>What is kept for a fold, or what is found now and kept.</summary>
    public FoldOutcome Get(ComparedChain chain, int seed, int folds, int fold, Func<FoldOutcome> find)
    {
        var kept = _outcomes.Find(outcome => (outcome.Key, outcome.Seed, outcome.Folds, outcome.Fold) == (chain.Key, seed, folds, fold));
        if (kept is not null)
            return kept;
        var found = find();
        _outcomes.Add(found);
        File.AppendAllText(_path, JsonSerializer.Serialize(found) + "\n");
        return found;
    }
}
