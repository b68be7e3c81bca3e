using FeatureTransfer.Extraction;
using FeatureTransfer.Models;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>The scores that a model gives to rows, by their place.</summary>
/// <param name="Scores">The scores; rows that the model cannot read have none.</param>
/// <param name="TimePerRow">How long it took for a row; null where features came from the cache.</param>
internal sealed record ScoredRows(IReadOnlyDictionary<long, float[]> Scores, TimeSpan? TimePerRow)
{
    /// <summary>Reads the scores of rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="rows">The rows, with <see cref="RowTag"/>.</param>
    /// <param name="clock">Says how long it takes.</param>
    /// <param name="timedRows">Where features come from the cache, the time is measured on so many rows without it.</param>
    public static ScoredRows Read(ITransformer model, string name, IDataView rows, TimeProvider clock, int timedRows)
    {
        var extractions = Extractions(model);
        var computed = extractions.Sum(extraction => extraction.RowsComputed);
        var start = clock.GetTimestamp();
        var scores = new Dictionary<long, float[]>();
        foreach (var (place, score) in Of(model, name, rows))
            scores.Add(place, score);
        var time = clock.GetElapsedTime(start);
        var isMeasured = scores.Count > 0 && extractions.Sum(extraction => extraction.RowsComputed) - computed >= (long)extractions.Count * scores.Count;
        return new ScoredRows(scores, isMeasured ? time / scores.Count : scores.Count > 0 && timedRows > 0 ? Time(model, name, rows, clock, timedRows) : null);
    }

    private static TimeSpan? Time(ITransformer model, string name, IDataView rows, TimeProvider clock, int most)
    {
        var fresh = new List<ExtractFeaturesTransformer>();
        var uncached = ModelChain.Map(model, (part, _) =>
        {
            if (part is not ExtractFeaturesTransformer extraction)
                return part;
            fresh.Add(extraction.WithoutCache());
            return fresh[^1];
        });
        try
        {
            // The first row opens the session.
            Count(1);
            var start = clock.GetTimestamp();
            var count = Count(most);
            return count > 0 ? clock.GetElapsedTime(start) / count : null;
        }
        finally
        {
            fresh.ForEach(extraction => extraction.Dispose());
        }

        int Count(int places) => Of(uncached, name, new PickedRows(rows, place => place < places)).Count();
    }

    /// <summary>The scores of rows as a model gives them.</summary>
    public static IEnumerable<(long Place, float[] Score)> Of(ITransformer model, string name, IDataView rows)
    {
        var answers = model.Transform(rows);
        var (tag, column) = (RowTag.Find(answers.Schema, name), answers.Schema[Columns.Score]);
        using var cursor = answers.GetRowCursor([tag, column]);
        var (readPlace, readScore) = (cursor.GetGetter<long>(tag), cursor.GetGetter<VBuffer<float>>(column));
        VBuffer<float> score = default;
        long place = 0;
        while (cursor.MoveNext())
        {
            readPlace(ref place);
            readScore(ref score);
            yield return (place, [.. score.DenseValues()]);
        }
    }

    private static List<ExtractFeaturesTransformer> Extractions(ITransformer model)
    {
        var found = new List<ExtractFeaturesTransformer>();
        ModelChain.Map(model, (part, _) =>
        {
            if (part is ExtractFeaturesTransformer extraction)
                found.Add(extraction);
            return part;
        });
        return found;
    }
}
