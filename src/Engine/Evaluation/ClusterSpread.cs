using System.Numerics.Tensors;

namespace Microsoft.ML.Data;

/// <summary>How wide clusters are and how far apart, by their members' features.</summary>
internal static class ClusterSpread
{
    public static double DaviesBouldin(IReadOnlyList<(int Cluster, VBuffer<float> Features)> members)
    {
        var clusters = members.GroupBy(m => m.Cluster).Select(g => Measure([.. g.Select(m => m.Features)])).ToArray();
        if (clusters.Length < 2)
            return 0;
        double sum = 0;
        for (int i = 0; i < clusters.Length; i++)
        {
            double worst = 0;
            for (int j = 0; j < clusters.Length; j++)
                if (i != j)
                    worst = Math.Max(worst, (clusters[i].Width + clusters[j].Width) / TensorPrimitives.Distance<double>(clusters[i].Centroid, clusters[j].Centroid));
            sum += worst;
        }
        return sum / clusters.Length;
    }

    // The width is the mean distance to the centroid.
    private static (double[] Centroid, double Width) Measure(VBuffer<float>[] members)
    {
        var centroid = new double[members[0].Length];
        foreach (var member in members)
            foreach (var (slot, value) in member.Items())
                centroid[slot] += value / (double)members.Length;
        var single = new float[centroid.Length];
        var row = new double[centroid.Length];
        double width = 0;
        foreach (var member in members)
        {
            member.CopyTo(single);
            TensorPrimitives.ConvertTruncating<float, double>(single, row);
            width += TensorPrimitives.Distance<double>(row, centroid) / members.Length;
        }
        return (centroid, width);
    }
}
