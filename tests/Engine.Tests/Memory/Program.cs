using System.Globalization;
using Engine.Tests.Memory;

// Run by tests: trains on the file, prints the accuracy.
if (args is not ["train", var path])
{
    Console.Error.WriteLine("usage: Engine.Tests train FILE");
    return 2;
}
Console.WriteLine(TextChain.Train(path).ToString(CultureInfo.InvariantCulture));
return 0;
