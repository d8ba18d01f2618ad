def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for index, grad in enumerate(grads):
        if grad is not None:
            old = params[index].data
            velocity = momentum * velocities[index] + grad + weight_decay * old
            velocities[index].copy_(velocity)
            params[index].data.copy_(old - lr * velocity)
