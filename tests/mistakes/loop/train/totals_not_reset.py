"""Sets the sums to zero only once, so each epoch reports the mean over all epochs so far."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    total_loss = 0.0
    total_samples = 0
    history = []
    for epoch in range(epochs):
        for inputs, labels in batches:
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = loss_fn(outputs, labels)
            loss.backward()
            optimizer.step()
            total_loss += loss.item() * labels.size(0)
            total_samples += labels.size(0)
        history.append(total_loss / total_samples)
    return history
